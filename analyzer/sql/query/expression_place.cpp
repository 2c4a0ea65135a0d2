#include "sql/query/expression_place.hpp"

#include "sql/query/expression.hpp"

#include <algorithm>

namespace lockstep::sql {

Range joined(Range a, Range b) {
  if (a.empty())
    return b;
  return b.empty() ? a : Range{std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

Expression makeExpression(ExpressionKind kind, std::string_view name) {
  Expression result;
  result.kind = kind;
  result.name = name;
  return result;
}

void addArgument(Lowering &at, Expression &result, const void *node) {
  if (!node)
    return;
  result.arguments.push_back(lowerExpression(at, nodeOf(node)));
  result.where = joined(result.where, result.arguments.back().where);
}

void addArguments(Lowering &at, Expression &result, const ::List *list) {
  result.arguments.reserve(result.arguments.size() + cells(list).size());
  for (const void *node : cells(list))
    addArgument(at, result, node);
}

void place(const Lowering &at, Expression &result, size_t token) {
  result.where = at.tokens.balanced(joined(result.where, at.tokens.range(token)));
}
void place(const Lowering &at, Expression &result, int location) {
  if (location >= 0)
    place(at, result, at.tokenAt(location));
  else
    result.where = at.tokens.balanced(result.where);
}

bool takeWord(const Lowering &at, Expression &result, std::string_view word) {
  size_t next = at.tokens.at(result.where.end);
  if (!at.tokens.is(next, word))
    return false;
  result.where.end = at.tokens.range(next).end;
  return true;
}

void endAtBracket(const Lowering &at, Expression &result, size_t from) {
  const StatementTokens &tokens = at.tokens;
  while (from < tokens.size() && !tokens.isSymbol(from, '(') && !tokens.isSymbol(from, '['))
    ++from;
  size_t close = tokens.partner(from);
  if (close < tokens.size())
    result.where.end = std::max(result.where.end, tokens.range(close).end);
}

} // namespace lockstep::sql
