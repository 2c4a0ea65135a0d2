#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct Node;

namespace lockstep::sql {

[[nodiscard]] Expression lowerExpression(Lowering &at, const ::Node *node);
[[nodiscard]] SqlExpression lowerSqlExpression(Lowering &at, const ::Node *node);
[[nodiscard]] SqlExpressionPointer lowerOptional(Lowering &at, const ::Node *node);

} // namespace lockstep::sql
