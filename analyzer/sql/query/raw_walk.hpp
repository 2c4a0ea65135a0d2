#pragma once
#include "sql/layer.hpp"

#include <functional>

struct Node;

namespace lockstep::sql {

/// Calls `visit` for each operand of an expression of the raw parse tree, in textual order as far
/// as the tree keeps it; a list counts as a node with its elements as operands. Sub-selects are
/// left out, except the query of JSON_ARRAY. Stands in for PostgreSQL's raw_expression_tree_walker,
/// which may raise.
void forEachChild(const ::Node *node, const std::function<void(const ::Node *)> &visit);

/// The parser's location of an expression, -1 where it keeps none.
[[nodiscard]] int locationOf(const ::Node *node);

} // namespace lockstep::sql
