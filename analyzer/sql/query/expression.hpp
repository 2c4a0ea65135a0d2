#pragma once
#include "sql/query/lowering.hpp"

struct Node;

namespace lockstep {

[[nodiscard]] Expression lowerExpression(Lowering &at, const ::Node *node);
[[nodiscard]] SqlExpression lowerSqlExpression(Lowering &at, const ::Node *node);
[[nodiscard]] SqlExpressionPointer lowerOptional(Lowering &at, const ::Node *node);

} // namespace lockstep
