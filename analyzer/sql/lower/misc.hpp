#pragma once
#include "sql/query/lowering.hpp"

struct Node;

namespace lockstep {

/// Statements that touch no relation; false, and nothing added, where the node is none of them.
[[nodiscard]] bool lowerMisc(Lowering &at, const ::Node *node);

} // namespace lockstep
