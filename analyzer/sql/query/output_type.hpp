#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct Node;

namespace lockstep::sql {

/// The type of an output, as far as its expression alone tells it; empty where it does not.
[[nodiscard]] TypeName outputType(const Lowering &at, const ::Node *node);

} // namespace lockstep::sql
