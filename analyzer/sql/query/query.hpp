#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

struct Node;
struct RuleStmt;

namespace lockstep::sql {

/// What a SELECT, INSERT, UPDATE, DELETE or MERGE refers to. `where` is the query's place.
/// The table that a data-modifying statement writes is one of its relations.
[[nodiscard]] Query lowerQuery(Lowering &at, const ::Node *statement, Range where);
/// The same for the statement at hand: the table that it writes is left out, being the op's own,
/// and columns qualified by it are ColumnUse::of_target.
[[nodiscard]] Query lowerOwnQuery(Lowering &at, const ::Node *statement, const QueryTarget &target);

/// What the condition and the actions of a rule refer to; OLD and NEW are the rule's table.
[[nodiscard]] Query lowerRuleQuery(Lowering &at, const ::RuleStmt &rule);

} // namespace lockstep::sql
