#include "sql/query/call.hpp"

#include "sql/query/expression_place.hpp"
#include "sql/query/name.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

size_t skipCallClauses(const StatementTokens &tokens, size_t i) {
  if (tokens.is(i, "within") && tokens.is(i + 1, "group") && tokens.isSymbol(i + 2, '('))
    i = tokens.next(i + 2);
  if (tokens.is(i, "filter") && tokens.isSymbol(i + 1, '('))
    i = tokens.next(i + 1);
  if (tokens.is(i, "over"))
    i = tokens.next(i + 1);
  return i;
}

/// (a, b) OVERLAPS (c, d): the arguments are the values of the two rows.
static void placeOverlaps(const Lowering &at, Expression &result, size_t overlaps) {
  place(at, result, overlaps);
  if (overlaps > 0 && at.tokens.is(overlaps - 1, ")")) {
    size_t open = at.tokens.partner(overlaps - 1);
    bool has_row = open > 0 && at.tokens.is(open - 1, "row");
    result.where.begin = at.tokens.range(has_row ? open - 1 : open).begin;
  }
  endAtBracket(at, result, overlaps);
}

/// A call, or what the grammar makes one: name(…), SYSTEM_USER, a AT TIME ZONE b, a OVERLAPS b,
/// a IS NORMALIZED, and the pattern of LIKE … ESCAPE, whose location is that of LIKE.
static void placeCall(const Lowering &at, Expression &result, int location) {
  const StatementTokens &tokens = at.tokens;
  if (location < 0) { // a AT LOCAL
    while (takeWord(at, result, ")"))
      place(at, result, -1);
    if (takeWord(at, result, "at"))
      takeWord(at, result, "local");
    return;
  }
  size_t first = at.tokenAt(location);
  if (tokens.is(first, "overlaps") && result.arguments.size() == 4)
    return placeOverlaps(at, result, first);
  size_t end = tokens.skipName(first);
  if (tokens.is(first, "collation") && tokens.is(end, "for"))
    ++end;
  if (tokens.isSymbol(end, '(')) {
    result.where = tokens.span(first, skipCallClauses(tokens, tokens.next(end)));
  } else if (result.arguments.empty()) {
    result.where = tokens.range(first);
  } else if (tokens.is(first, "at")) {
    place(at, result, first);
    takeWord(at, result, "local");
  } else if (tokens.is(first, "is")) {
    place(at, result, first);
    result.where.end = tokens.range(tokens.find("normalized", first)).end;
  } else {
    result.where = tokens.balanced(result.where);
  }
}

Expression lowerCall(Lowering &at, const FuncCall &node) {
  Expression result = makeExpression(ExpressionKind::function);
  QualifiedName name = qualifiedName(node.funcname);
  result.schema = std::move(name.schema);
  result.name = std::move(name.name);
  addArguments(at, result, node.args);
  for (const SortBy *sort : nodes<SortBy>(node.agg_order))
    addArgument(at, result, sort->node);
  addArgument(at, result, node.agg_filter);
  if (node.over) {
    addArguments(at, result, node.over->partitionClause);
    for (const SortBy *sort : nodes<SortBy>(node.over->orderClause))
      addArgument(at, result, sort->node);
  }
  placeCall(at, result, node.location);
  return result;
}

} // namespace lockstep::sql
