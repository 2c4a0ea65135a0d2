#include "sql/query/output_name.hpp"

#include "sql/query/lowering.hpp"

#include <array>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

// The rules of FigureColname and FigureColnameInternal (parse_target.c, PostgreSQL 18).

namespace lockstep::sql {

namespace {
/// A name and how well it fits: a cast's or CASE's own name gives way to a better one inside.
struct Candidate {
  std::string_view name;
  int strength = 0;
};
} // namespace

static Candidate figure(const ::Node *node, int depth);

/// The last name among a list of strings, indices and stars.
static std::string_view lastString(const ::List *list) {
  std::string_view name;
  for (const void *node : cells(list))
    if (std::string_view string = stringOf(node); !string.empty())
      name = string;
  return name;
}

static Candidate figureSubLink(const SubLink &node, int depth) {
  switch (node.subLinkType) {
  case EXISTS_SUBLINK:
    return {"exists", 2};
  case ARRAY_SUBLINK:
    return {"array", 2};
  case EXPR_SUBLINK: {
    const auto *select = as<SelectStmt>(node.subselect);
    while (select && IsA(select, SelectStmt) && select->op != SETOP_NONE)
      select = select->larg;
    if (!select || !IsA(select, SelectStmt))
      return {};
    if (select->valuesLists)
      return {"column1", 2};
    if (!select->targetList)
      return {};
    const auto *target = static_cast<const ResTarget *>(cells(select->targetList).front());
    if (target->name)
      return {target->name, 2};
    Candidate inner = figure(target->val, depth + 1);
    return {inner.strength ? inner.name : "?column?", 2};
  }
  default:
    return {};
  }
}

static Candidate figureXml(const XmlExpr &node) {
  switch (node.op) {
  case IS_XMLCONCAT:
    return {"xmlconcat", 2};
  case IS_XMLELEMENT:
    return {"xmlelement", 2};
  case IS_XMLFOREST:
    return {"xmlforest", 2};
  case IS_XMLPARSE:
    return {"xmlparse", 2};
  case IS_XMLPI:
    return {"xmlpi", 2};
  case IS_XMLROOT:
    return {"xmlroot", 2};
  case IS_XMLSERIALIZE:
    return {"xmlserialize", 2};
  case IS_DOCUMENT:
    break;
  }
  return {};
}

static Candidate figureJson(const JsonFuncExpr &node) {
  switch (node.op) {
  case JSON_EXISTS_OP:
    return {"json_exists", 2};
  case JSON_QUERY_OP:
    return {"json_query", 2};
  case JSON_VALUE_OP:
    return {"json_value", 2};
  case JSON_TABLE_OP:
    break;
  }
  return {};
}

static std::string_view specialName(SQLValueFunctionOp op) {
  static constexpr std::array<std::string_view, 15> names{
      "current_date", "current_time", "current_time",   "current_timestamp", "current_timestamp",
      "localtime",    "localtime",    "localtimestamp", "localtimestamp",    "current_role",
      "current_user", "user",         "session_user",   "current_catalog",   "current_schema"};
  return names[op];
}

static Candidate figure(const ::Node *node, int depth) {
  if (!node || depth > max_lowering_depth)
    return {};
  switch (nodeTag(node)) {
  case T_ColumnRef: {
    std::string_view name = lastString(as<ColumnRef>(node)->fields);
    return name.empty() ? Candidate{} : Candidate{name, 2};
  }
  case T_A_Indirection: {
    std::string_view name = lastString(as<A_Indirection>(node)->indirection);
    return name.empty() ? figure(as<A_Indirection>(node)->arg, depth + 1) : Candidate{name, 2};
  }
  case T_FuncCall:
    return {stringOf(cells(as<FuncCall>(node)->funcname).back()), 2};
  case T_A_Expr:
    return as<A_Expr>(node)->kind == AEXPR_NULLIF ? Candidate{"nullif", 2} : Candidate{};
  case T_TypeCast: {
    Candidate inner = figure(as<TypeCast>(node)->arg, depth + 1);
    const ::TypeName *type = as<TypeCast>(node)->typeName;
    if (inner.strength > 1 || !type || !type->names)
      return inner;
    return {stringOf(cells(type->names).back()), 1};
  }
  case T_CollateClause:
    return figure(as<CollateClause>(node)->arg, depth + 1);
  case T_GroupingFunc:
    return {"grouping", 2};
  case T_MergeSupportFunc:
    return {"merge_action", 2};
  case T_SubLink:
    return figureSubLink(*as<SubLink>(node), depth);
  case T_CaseExpr: {
    Candidate inner =
        figure(reinterpret_cast<const ::Node *>(as<CaseExpr>(node)->defresult), depth + 1);
    return inner.strength > 1 ? inner : Candidate{"case", 1};
  }
  case T_A_ArrayExpr:
    return {"array", 2};
  case T_RowExpr:
    return {"row", 2};
  case T_CoalesceExpr:
    return {"coalesce", 2};
  case T_MinMaxExpr:
    return {as<MinMaxExpr>(node)->op == IS_GREATEST ? "greatest" : "least", 2};
  case T_SQLValueFunction:
    return {specialName(as<SQLValueFunction>(node)->op), 2};
  case T_XmlExpr:
    return figureXml(*as<XmlExpr>(node));
  case T_XmlSerialize:
    return {"xmlserialize", 2};
  case T_JsonParseExpr:
    return {"json", 2};
  case T_JsonScalarExpr:
    return {"json_scalar", 2};
  case T_JsonSerializeExpr:
    return {"json_serialize", 2};
  case T_JsonObjectConstructor:
    return {"json_object", 2};
  case T_JsonArrayConstructor:
  case T_JsonArrayQueryConstructor:
    return {"json_array", 2};
  case T_JsonObjectAgg:
    return {"json_objectagg", 2};
  case T_JsonArrayAgg:
    return {"json_arrayagg", 2};
  case T_JsonFuncExpr:
    return figureJson(*as<JsonFuncExpr>(node));
  default:
    return {};
  }
}

std::string_view outputName(const ::Node *node) {
  Candidate found = figure(node, 0);
  return found.strength ? found.name : "?column?";
}

} // namespace lockstep::sql
