#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct Node;

namespace lockstep::sql {

/// Statements that touch no relation; false, and nothing added, where the node is none of them.
[[nodiscard]] bool lowerMisc(Lowering &at, const ::Node *node);

} // namespace lockstep::sql
