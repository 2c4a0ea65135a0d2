#pragma once
#include "sql/layer.hpp"
#include "sql/query/lowering.hpp"

#include <string_view>

struct List;
struct Node;

namespace lockstep::sql {

// Where a node begins and ends: PostgreSQL's nodes carry one location, that of their first token
// (a call, a literal) or of their operator (a + b, x::t, a IS NULL). The range of a node spans its
// own token and its operands; brackets that lie half inside are those around an operand, so the
// range is widened until it holds whole pairs (StatementTokens::balanced).

/// Any node as the base of all, also an Expr.
[[nodiscard]] inline const ::Node *nodeOf(const void *expression) {
  return static_cast<const ::Node *>(expression);
}

/// Both and what lies between them; an empty one does not count.
[[nodiscard]] Range joined(Range a, Range b);
[[nodiscard]] Expression makeExpression(ExpressionKind kind, std::string_view name = {});
/// Lowers an operand, unless it is null, and widens `where` by it.
void addArgument(Lowering &at, Expression &result, const void *node);
void addArguments(Lowering &at, Expression &result, const ::List *list);
/// Widens `where` by the token of the node itself, and to whole pairs of brackets.
void place(const Lowering &at, Expression &result, size_t token);
void place(const Lowering &at, Expression &result, int location);
/// Widens `where` so that it holds the token after it, if that is `word`.
bool takeWord(const Lowering &at, Expression &result, std::string_view word);
/// Ends `where` at the closing bracket of the first one at or after token `from`.
void endAtBracket(const Lowering &at, Expression &result, size_t from);

} // namespace lockstep::sql
