#include "sql/query/expression.hpp"

#include "sql/query/call.hpp"
#include "sql/query/expression_place.hpp"
#include "sql/query/name.hpp"
#include "sql/query/query.hpp"
#include "sql/query/raw_walk.hpp"

#include <algorithm>
#include <array>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

// --- literals and names --------------------------------------------------------------------------

static Expression lowerConstant(const Lowering &at, const A_Const &node) {
  Expression result = makeExpression(ExpressionKind::constant);
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
  Expression result = makeExpression(ExpressionKind::column);
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
  Expression result = makeExpression(ExpressionKind::special);
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

// --- operators -----------------------------------------------------------------------------------

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
  Expression result = makeExpression(ExpressionKind::operation, operatorName(node));
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
  Expression result = makeExpression(node.boolop == AND_EXPR  ? ExpressionKind::conjunction
                                     : node.boolop == OR_EXPR ? ExpressionKind::disjunction
                                                              : ExpressionKind::negation);
  addArguments(at, result, node.args);
  place(at, result, node.location);
  return result;
}

static Expression lowerNullTest(Lowering &at, const NullTest &node) {
  Expression result = makeExpression(node.nulltesttype == IS_NULL ? ExpressionKind::is_null
                                                                  : ExpressionKind::is_not_null);
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
  Expression result = makeExpression(ExpressionKind::boolean_test, names[node.booltesttype]);
  addArgument(at, result, node.arg);
  place(at, result, node.location);
  takeWord(at, result, "not");
  for (std::string_view word : {"true", "false", "unknown"})
    if (takeWord(at, result, word))
      break;
  return result;
}

static Expression lowerCast(Lowering &at, const TypeCast &node) {
  Expression result = makeExpression(ExpressionKind::cast);
  addArgument(at, result, node.arg);
  result.type = std::make_shared<const TypeName>(lowerType(at, node.typeName));
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
  Expression result = makeExpression(ExpressionKind::collate, collation.name);
  result.schema = collation.schema;
  addArgument(at, result, node.arg);
  result.where = joined(result.where, collation.where);
  place(at, result, node.location);
  return result;
}

/// (expression).field, column[1], …: no location tells where it begins.
static Expression lowerIndirection(Lowering &at, const A_Indirection &node) {
  Expression result = makeExpression(ExpressionKind::other);
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

// --- the others ----------------------------------------------------------------------------------

static Expression lowerCase(Lowering &at, const CaseExpr &node) {
  Expression result = makeExpression(ExpressionKind::case_, node.arg ? "operand" : "");
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
  Expression result = makeExpression(ExpressionKind::subquery);
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
  Expression result = makeExpression(ExpressionKind::other);
  forEachChild(node, [&](const ::Node *child) { addArgument(at, result, child); });
  int location = locationOf(node);
  if (location < 0) {
    result.where = at.tokens.balanced(result.where);
    return result;
  }
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
    if (as<XmlExpr>(node)->op == IS_DOCUMENT) {
      takeWord(at, result, "not");
      takeWord(at, result, "document");
    } else {
      endAtBracket(at, result, first);
    }
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
  Expression result = makeExpression(ExpressionKind::other);
  while (IsA(node, A_Expr) && as<A_Expr>(node)->lexpr)
    node = as<A_Expr>(node)->lexpr;
  if (int location = locationOf(node); location >= 0)
    result.where = at.tokens.range(at.tokenAt(location));
  return result;
}

Expression lowerExpression(Lowering &at, const ::Node *node) {
  if (!node)
    return makeExpression(ExpressionKind::other);
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
    Expression result =
        makeExpression(ExpressionKind::parameter, "$" + std::to_string(parameter->number));
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
    return lowerBracketed(at, makeExpression(ExpressionKind::coalesce),
                          as<CoalesceExpr>(node)->args, as<CoalesceExpr>(node)->location);
  case T_MinMaxExpr: {
    const auto *minmax = as<MinMaxExpr>(node);
    return lowerBracketed(
        at,
        makeExpression(ExpressionKind::operation, minmax->op == IS_GREATEST ? "greatest" : "least"),
        minmax->args, minmax->location);
  }
  case T_A_ArrayExpr:
    return lowerBracketed(at, makeExpression(ExpressionKind::array),
                          as<A_ArrayExpr>(node)->elements, as<A_ArrayExpr>(node)->location);
  case T_RowExpr:
    return lowerBracketed(at, makeExpression(ExpressionKind::row), as<RowExpr>(node)->args,
                          as<RowExpr>(node)->location);
  case T_SubLink:
    return lowerSubLink(at, *as<SubLink>(node));
  case T_CurrentOfExpr:
    return makeExpression(ExpressionKind::other, "current of");
  case T_JsonValueExpr: // Wrappers, for FORMAT JSON and for AS.
    return lowerExpression(at, nodeOf(as<JsonValueExpr>(node)->raw_expr));
  case T_JsonArgument:
    return lowerExpression(at, nodeOf(as<JsonArgument>(node)->val));
  case T_ResTarget:
    return lowerExpression(at, as<ResTarget>(node)->val);
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

SqlExpressionPointer lowerOptional(Lowering &at, const ::Node *node) {
  return node ? std::make_shared<const SqlExpression>(lowerSqlExpression(at, node)) : nullptr;
}

} // namespace lockstep::sql
