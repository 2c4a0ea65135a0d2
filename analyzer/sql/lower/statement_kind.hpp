#pragma once
#include "sql/layer.hpp"

#include <string_view>

struct Node;

namespace lockstep::sql {

/// PostgreSQL's name of a statement's node, such as "AlterTableStmt"; "" for a node that is no
/// statement. A static string.
[[nodiscard]] std::string_view statementKind(const ::Node *node);

} // namespace lockstep::sql
