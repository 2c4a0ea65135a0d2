#include "sql/lowering.hpp"
#include "sql/raw_walk.hpp"

#include <algorithm>
#include <array>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

// Where a node begins and ends: PostgreSQL's nodes carry one location, that of their first token
// (a call, a literal) or of their operator (a + b, x::t, a IS NULL). The range of a node spans its
// own token and its operands; brackets that lie half inside are those around an operand, so the
// range is widened until it holds whole pairs (StatementTokens::balanced).

namespace lockstep {

static const ::Node *nodeOf(const void *expression) {
  return static_cast<const ::Node *>(expression);
}

static Range joined(Range a, Range b) {
  if (a.empty())
    return b;
  return b.empty() ? a : Range{std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

static Expression make(ExpressionKind kind, std::string_view name = {}) {
  Expression result;
  result.kind = kind;
  result.name = name;
  return result;
}

static void addArgument(Lowering &at, Expression &result, const void *node) {
  if (!node)
    return;
  result.arguments.push_back(lowerExpression(at, nodeOf(node)));
  result.where = joined(result.where, result.arguments.back().where);
}

static void addArguments(Lowering &at, Expression &result, const ::List *list) {
  result.arguments.reserve(result.arguments.size() + cells(list).size());
  for (const void *node : cells(list))
    addArgument(at, result, node);
}

/// Widens `where` by the token of the node itself and to whole pairs of brackets.
static void place(const Lowering &at, Expression &result, size_t token) {
  result.where = at.tokens.balanced(joined(result.where, at.tokens.range(token)));
}
static void place(const Lowering &at, Expression &result, int location) {
  if (location >= 0)
    place(at, result, at.tokenAt(location));
  else
    result.where = at.tokens.balanced(result.where);
}

/// Widens `where` so that it holds the token after it, if that is `word`.
static bool takeWord(const Lowering &at, Expression &result, std::string_view word) {
  size_t next = at.tokens.at(result.where.end);
  if (!at.tokens.is(next, word))
    return false;
  result.where.end = at.tokens.range(next).end;
  return true;
}

/// Ends `where` at the closing bracket of the first one at or after token `from`.
static void endAtBracket(const Lowering &at, Expression &result, size_t from) {
  const StatementTokens &tokens = at.tokens;
  while (from < tokens.size() && !tokens.isSymbol(from, '(') && !tokens.isSymbol(from, '['))
    ++from;
  size_t close = tokens.partner(from);
  if (close < tokens.size())
    result.where.end = std::max(result.where.end, tokens.range(close).end);
}

// --- literals and names
// ---------------------------------------------------------------------------

static Expression lowerConstant(const Lowering &at, const A_Const &node) {
  Expression result = make(ExpressionKind::constant);
  if (node.isnull) {
    result.kind = ExpressionKind::null_constant;
  } else {
    result.name = optionText(&node.val.node);
    switch (nodeTag(&node.val)) {
    case T_Integer:
      result.literal = LiteralKind::integer;
      break;
    case T_Float: // Also an integer that int4 cannot hold.
      result.literal = result.name.find_first_of(".eE") == std::string::npos ? LiteralKind::integer
                                                                             : LiteralKind::decimal;
      break;
    case T_Boolean:
      result.literal = LiteralKind::boolean;
      break;
    case T_BitString:
      result.literal = LiteralKind::bits;
      break;
    default:
      result.literal = LiteralKind::string;
      break;
    }
  }
  if (node.location >= 0) {
    // The grammar folds a minus into the number (doNegate), even one before brackets.
    size_t first = at.tokenAt(node.location), last = first;
    while (at.tokens.is(last, "-"))
      ++last;
    result.where = at.tokens.balanced(at.tokens.span(first, last + 1));
  }
  return result;
}

static Expression lowerColumn(const Lowering &at, const ColumnRef &node) {
  Expression result = make(ExpressionKind::column);
  auto fields = cells(node.fields);
  for (size_t i = 0; i + 1 < fields.size(); ++i)
    result.schema.append(i ? "." : "").append(stringOf(fields[i]));
  const ::Node *last = nodeOf(fields.back());
  result.name = IsA(last, A_Star) ? "*" : stringOf(last);
  if (node.location >= 0) {
    size_t first = at.tokenAt(node.location);
    result.where = at.tokens.span(first, first + 2 * fields.size() - 1);
  }
  return result;
}

static Expression lowerSpecial(const Lowering &at, const SQLValueFunction &node) {
  size_t token = at.tokenAt(node.location);
  Expression result = make(ExpressionKind::special);
  switch (node.op) {
  case SVFOP_CURRENT_DATE:
    result.name = "current_date";
    break;
  case SVFOP_CURRENT_TIME:
  case SVFOP_CURRENT_TIME_N:
    result.name = "current_time";
    break;
  case SVFOP_CURRENT_TIMESTAMP:
  case SVFOP_CURRENT_TIMESTAMP_N:
    result.name = "current_timestamp";
    break;
  case SVFOP_LOCALTIME:
  case SVFOP_LOCALTIME_N:
    result.name = "localtime";
    break;
  case SVFOP_LOCALTIMESTAMP:
  case SVFOP_LOCALTIMESTAMP_N:
    result.name = "localtimestamp";
    break;
  case SVFOP_CURRENT_ROLE:
    result.name = "current_role";
    break;
  case SVFOP_CURRENT_USER:
    result.name = "current_user";
    break;
  case SVFOP_USER:
    result.name = "user";
    break;
  case SVFOP_SESSION_USER:
    result.name = "session_user";
    break;
  case SVFOP_CURRENT_CATALOG:
    result.name = "current_catalog";
    break;
  case SVFOP_CURRENT_SCHEMA:
    result.name = "current_schema";
    break;
  }
  bool has_precision = at.tokens.isSymbol(token + 1, '(');
  result.where = at.tokens.span(token, has_precision ? at.tokens.next(token + 1) : token + 1);
  return result;
}

// --- calls
// ----------------------------------------------------------------------------------------

/// After the clauses that may follow a call's brackets: WITHIN GROUP, FILTER, OVER.
static size_t skipCallClauses(const StatementTokens &tokens, size_t i) {
  if (tokens.is(i, "within") && tokens.is(i + 1, "group") && tokens.isSymbol(i + 2, '('))
    i = tokens.next(i + 2);
  if (tokens.is(i, "filter") && tokens.isSymbol(i + 1, '('))
    i = tokens.next(i + 1);
  if (tokens.is(i, "over"))
    i = tokens.next(i + 1);
  return i;
}

/// A call, or what the grammar makes one: name(…), CURRENT_ROLE-like words, a AT TIME ZONE b,
/// a OVERLAPS b, a IS NORMALIZED, and the ESCAPE of LIKE, which stands at the LIKE.
static void placeCall(const Lowering &at, Expression &result, int location) {
  if (location < 0)
    return;
  const StatementTokens &tokens = at.tokens;
  size_t first = at.tokenAt(location);
  size_t end = tokens.skipName(first);
  if (tokens.is(first, "collation") && tokens.is(first + 1, "for"))
    end = first + 2;
  bool is_infix = tokens.is(first, "at") || tokens.is(first, "is") ||
                  tokens.is(first, "overlaps") || tokens.is(first, "like") ||
                  tokens.is(first, "ilike") || tokens.is(first, "similar") ||
                  tokens.is(first, "not");
  if (!is_infix || tokens.isSymbol(end, '(')) {
    if (!tokens.is(first, "overlaps")) {
      end = tokens.isSymbol(end, '(') ? skipCallClauses(tokens, tokens.next(end)) : end;
      result.where = tokens.span(first, end);
      return;
    }
  }
  place(at, result, first);
  if (tokens.is(first, "overlaps")) {
    // The arguments are those of the two rows.
    if (first > 0 && tokens.is(first - 1, ")")) {
      size_t open = tokens.partner(first - 1);
      bool has_row = open > 0 && tokens.is(open - 1, "row");
      result.where.begin = tokens.range(has_row ? open - 1 : open).begin;
    }
    endAtBracket(at, result, first);
  } else if (tokens.is(first, "at") && tokens.is(first + 1, "local")) {
    result.where.end = tokens.range(first + 1).end;
  } else if (tokens.is(first, "is")) {
    size_t last = tokens.find("normalized", first);
    result.where.end = tokens.range(last).end;
  }
}

static Expression lowerCall(Lowering &at, const FuncCall &node) {
  Expression result = make(ExpressionKind::function);
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

// --- operators
// ------------------------------------------------------------------------------------

static std::string operatorName(const A_Expr &node) {
  std::string name = lastName(node.name);
  switch (node.kind) {
  case AEXPR_OP:
  case AEXPR_LIKE:
  case AEXPR_ILIKE:
  case AEXPR_SIMILAR:
    return name;
  case AEXPR_OP_ANY:
    return name + " any";
  case AEXPR_OP_ALL:
    return name + " all";
  case AEXPR_DISTINCT:
    return "is distinct from";
  case AEXPR_NOT_DISTINCT:
    return "is not distinct from";
  case AEXPR_NULLIF:
    return "nullif";
  case AEXPR_IN:
    return name == "=" ? "in" : "not in";
  case AEXPR_BETWEEN:
    return "between";
  case AEXPR_NOT_BETWEEN:
    return "not between";
  case AEXPR_BETWEEN_SYM:
    return "between symmetric";
  case AEXPR_NOT_BETWEEN_SYM:
    return "not between symmetric";
  }
  return name;
}

static Expression lowerOperation(Lowering &at, const A_Expr &node) {
  Expression result = make(ExpressionKind::operation, operatorName(node));
  addArgument(at, result, node.lexpr);
  bool is_list =
      node.rexpr && IsA(node.rexpr, List) &&
      (node.kind == AEXPR_IN || node.kind == AEXPR_BETWEEN || node.kind == AEXPR_NOT_BETWEEN ||
       node.kind == AEXPR_BETWEEN_SYM || node.kind == AEXPR_NOT_BETWEEN_SYM);
  if (is_list)
    addArguments(at, result, as<::List>(node.rexpr));
  else
    addArgument(at, result, node.rexpr);
  place(at, result, node.location);
  if (node.kind == AEXPR_NULLIF)
    endAtBracket(at, result, at.tokenAt(node.location));
  return result;
}

static Expression lowerBoolean(Lowering &at, const BoolExpr &node) {
  Expression result = make(node.boolop == AND_EXPR  ? ExpressionKind::conjunction
                           : node.boolop == OR_EXPR ? ExpressionKind::disjunction
                                                    : ExpressionKind::negation);
  addArguments(at, result, node.args);
  place(at, result, node.location);
  return result;
}

static Expression lowerNullTest(Lowering &at, const NullTest &node) {
  Expression result =
      make(node.nulltesttype == IS_NULL ? ExpressionKind::is_null : ExpressionKind::is_not_null);
  addArgument(at, result, node.arg);
  place(at, result, node.location);
  if (!takeWord(at, result, "null")) { // ISNULL and NOTNULL are one word.
    takeWord(at, result, "not");
    takeWord(at, result, "null");
  }
  return result;
}

static Expression lowerBooleanTest(Lowering &at, const BooleanTest &node) {
  static constexpr std::array<std::string_view, 6> names{
      "is true", "is not true", "is false", "is not false", "is unknown", "is not unknown"};
  Expression result = make(ExpressionKind::boolean_test, names[node.booltesttype]);
  addArgument(at, result, node.arg);
  place(at, result, node.location);
  takeWord(at, result, "not");
  for (std::string_view word : {"true", "false", "unknown"})
    if (takeWord(at, result, word))
      break;
  return result;
}

static Expression lowerCast(Lowering &at, const TypeCast &node) {
  Expression result = make(ExpressionKind::cast);
  addArgument(at, result, node.arg);
  result.type = lowerType(at, node.typeName);
  const StatementTokens &tokens = at.tokens;
  result.where = joined(result.where, result.type->where);
  place(at, result, node.location);
  if (node.location < 0 && node.typeName && node.typeName->location >= 0) // t 'literal'
    result.where.end =
        std::max(result.where.end,
                 tokens.span(0, tokens.skipIntervalFields(tokens.at(result.where.end))).end);
  return result;
}

static Expression lowerCollate(Lowering &at, const CollateClause &node) {
  QualifiedName collation = lowerCollation(at, &node);
  Expression result = make(ExpressionKind::collate, collation.name);
  result.schema = collation.schema;
  addArgument(at, result, node.arg);
  result.where = joined(result.where, collation.where);
  place(at, result, node.location);
  return result;
}

/// (expression).field, column[1], …: no location tells where it begins.
static Expression lowerIndirection(Lowering &at, const A_Indirection &node) {
  Expression result = make(ExpressionKind::other);
  addArgument(at, result, node.arg);
  for (const ::Node *step : nodes<::Node>(node.indirection)) {
    if (!IsA(step, A_Indices))
      continue;
    addArgument(at, result, as<A_Indices>(step)->lidx);
    addArgument(at, result, as<A_Indices>(step)->uidx);
  }
  const StatementTokens &tokens = at.tokens;
  Range where = result.arguments.front().where;
  size_t i = tokens.at(where.end);
  while (tokens.is(i, ")")) {
    where.begin = std::min(where.begin, tokens.range(tokens.partner(i)).begin);
    ++i;
  }
  for (size_t step = 0; step < cells(node.indirection).size(); ++step)
    i = tokens.isSymbol(i, '[') ? tokens.next(i) : i + 2;
  result.where = {where.begin, tokens.span(0, i).end};
  return result;
}

// --- the others
// -----------------------------------------------------------------------------------

static Expression lowerCase(Lowering &at, const CaseExpr &node) {
  Expression result = make(ExpressionKind::case_);
  addArgument(at, result, node.arg);
  for (const CaseWhen *when : nodes<CaseWhen>(node.args)) {
    addArgument(at, result, when->expr);
    addArgument(at, result, when->result);
  }
  addArgument(at, result, node.defresult);
  place(at, result, node.location);
  takeWord(at, result, "end");
  return result;
}

/// name(arguments), whatever the grammar allows between the brackets.
static Expression lowerBracketed(Lowering &at, Expression result, const ::List *arguments,
                                 int location) {
  addArguments(at, result, arguments);
  if (location >= 0) {
    size_t first = at.tokenAt(location);
    result.where = at.tokens.range(first);
    endAtBracket(at, result, first);
  }
  return result;
}

static Expression lowerSubLink(Lowering &at, const SubLink &node) {
  Expression result = make(ExpressionKind::subquery);
  if (node.subLinkType == EXISTS_SUBLINK)
    result.name = "exists";
  else if (node.subLinkType == ARRAY_SUBLINK)
    result.name = "array";
  else if (node.testexpr)
    result.name = node.operName ? lastName(node.operName) : "in";
  addArgument(at, result, node.testexpr);
  size_t first = at.tokenAt(node.location);
  place(at, result, first);
  size_t open = at.tokens.is(first, "operator") ? at.tokens.next(first + 1) : first;
  endAtBracket(at, result, open);
  while (open < at.tokens.size() && !at.tokens.isSymbol(open, '('))
    ++open;
  Range inside = at.tokens.span(open + 1, at.tokens.partner(open));
  result.query = std::make_shared<const Query>(lowerQuery(at, node.subselect, inside));
  return result;
}

/// A form that no analysis tells apart: its operands, in order.
static Expression lowerOther(Lowering &at, const ::Node *node) {
  Expression result = make(ExpressionKind::other);
  forEachChild(node, [&](const ::Node *child) { addArgument(at, result, child); });
  int location = locationOf(node);
  if (location < 0)
    return result;
  size_t first = at.tokenAt(location);
  place(at, result, first);
  switch (nodeTag(node)) {
  case T_JsonObjectAgg:
  case T_JsonArrayAgg:
    result.where = at.tokens.span(first, skipCallClauses(at.tokens, at.tokens.next(first + 1)));
    break;
  case T_JsonIsPredicate: { // a IS JSON …, at its operand.
    result.where.end = at.tokens.range(at.tokens.find("json", at.tokens.at(result.where.end))).end;
    for (std::string_view word :
         {"value", "array", "object", "scalar", "with", "without", "unique", "keys"})
      takeWord(at, result, word);
    break;
  }
  case T_XmlExpr:
    if (as<XmlExpr>(node)->op == IS_DOCUMENT)
      takeWord(at, result, "document");
    else
      endAtBracket(at, result, first);
    break;
  default:
    if (at.tokens.isSymbol(first + 1, '('))
      endAtBracket(at, result, first);
    break;
  }
  return result;
}

/// What is too deep to be looked into. Its first operand's begin is still found, without recursion.
static Expression lowerTooDeep(const Lowering &at, const ::Node *node) {
  Expression result = make(ExpressionKind::other);
  while (IsA(node, A_Expr) && as<A_Expr>(node)->lexpr)
    node = as<A_Expr>(node)->lexpr;
  if (int location = locationOf(node); location >= 0)
    result.where = at.tokens.range(at.tokenAt(location));
  return result;
}

Expression lowerExpression(Lowering &at, const ::Node *node) {
  if (!node)
    return make(ExpressionKind::other);
  Nesting nesting(at);
  if (nesting.tooDeep())
    return lowerTooDeep(at, node);
  switch (nodeTag(node)) {
  case T_A_Const:
    return lowerConstant(at, *as<A_Const>(node));
  case T_ColumnRef:
    return lowerColumn(at, *as<ColumnRef>(node));
  case T_ParamRef: {
    const auto *parameter = as<ParamRef>(node);
    Expression result = make(ExpressionKind::parameter, "$" + std::to_string(parameter->number));
    place(at, result, parameter->location);
    return result;
  }
  case T_FuncCall:
    return lowerCall(at, *as<FuncCall>(node));
  case T_SQLValueFunction:
    return lowerSpecial(at, *as<SQLValueFunction>(node));
  case T_A_Expr:
    return lowerOperation(at, *as<A_Expr>(node));
  case T_BoolExpr:
    return lowerBoolean(at, *as<BoolExpr>(node));
  case T_NullTest:
    return lowerNullTest(at, *as<NullTest>(node));
  case T_BooleanTest:
    return lowerBooleanTest(at, *as<BooleanTest>(node));
  case T_TypeCast:
    return lowerCast(at, *as<TypeCast>(node));
  case T_CollateClause:
    return lowerCollate(at, *as<CollateClause>(node));
  case T_A_Indirection:
    return lowerIndirection(at, *as<A_Indirection>(node));
  case T_CaseExpr:
    return lowerCase(at, *as<CaseExpr>(node));
  case T_CoalesceExpr:
    return lowerBracketed(at, make(ExpressionKind::coalesce), as<CoalesceExpr>(node)->args,
                          as<CoalesceExpr>(node)->location);
  case T_MinMaxExpr: {
    const auto *minmax = as<MinMaxExpr>(node);
    return lowerBracketed(
        at, make(ExpressionKind::operation, minmax->op == IS_GREATEST ? "greatest" : "least"),
        minmax->args, minmax->location);
  }
  case T_A_ArrayExpr:
    return lowerBracketed(at, make(ExpressionKind::array), as<A_ArrayExpr>(node)->elements,
                          as<A_ArrayExpr>(node)->location);
  case T_RowExpr:
    return lowerBracketed(at, make(ExpressionKind::row), as<RowExpr>(node)->args,
                          as<RowExpr>(node)->location);
  case T_SubLink:
    return lowerSubLink(at, *as<SubLink>(node));
  default:
    return lowerOther(at, node);
  }
}

SqlExpression lowerSqlExpression(Lowering &at, const ::Node *node) {
  SqlExpression result;
  result.root = lowerExpression(at, node);
  result.text = at.tokens.slice(result.root.where);
  return result;
}

std::optional<SqlExpression> lowerOptional(Lowering &at, const ::Node *node) {
  if (!node)
    return std::nullopt;
  return lowerSqlExpression(at, node);
}

} // namespace lockstep
