#include "sql/query/raw_walk.hpp"

#include "sql/query/nodes.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

using Visit = std::function<void(const ::Node *)>;

static void each(const ::List *list, const Visit &visit) {
  for (const ::Node *node : nodes<::Node>(list))
    if (node)
      visit(node);
}

static void one(const void *node, const Visit &visit) {
  if (node)
    visit(static_cast<const ::Node *>(node));
}

static void window(const WindowDef *over, const Visit &visit) {
  if (!over)
    return;
  each(over->partitionClause, visit);
  each(over->orderClause, visit);
  one(over->startOffset, visit);
  one(over->endOffset, visit);
}

static void call(const FuncCall &node, const Visit &visit) {
  each(node.args, visit);
  each(node.agg_order, visit);
  one(node.agg_filter, visit);
  window(node.over, visit);
}

static void jsonAggregate(const JsonAggConstructor *node, const Visit &visit) {
  each(node->agg_order, visit);
  one(node->agg_filter, visit);
  window(node->over, visit);
}

void forEachChild(const ::Node *node, const Visit &visit) {
  switch (nodeTag(node)) {
  case T_List:
    return each(as<::List>(node), visit);
  case T_A_Expr:
    one(as<A_Expr>(node)->lexpr, visit);
    return one(as<A_Expr>(node)->rexpr, visit);
  case T_BoolExpr:
    return each(as<BoolExpr>(node)->args, visit);
  case T_NullTest:
    return one(as<NullTest>(node)->arg, visit);
  case T_BooleanTest:
    return one(as<BooleanTest>(node)->arg, visit);
  case T_TypeCast:
    return one(as<TypeCast>(node)->arg, visit);
  case T_CollateClause:
    return one(as<CollateClause>(node)->arg, visit);
  case T_FuncCall:
    return call(*as<FuncCall>(node), visit);
  case T_NamedArgExpr:
    return one(as<NamedArgExpr>(node)->arg, visit);
  case T_A_Indirection:
    one(as<A_Indirection>(node)->arg, visit);
    return each(as<A_Indirection>(node)->indirection, visit);
  case T_A_Indices:
    one(as<A_Indices>(node)->lidx, visit);
    return one(as<A_Indices>(node)->uidx, visit);
  case T_A_ArrayExpr:
    return each(as<A_ArrayExpr>(node)->elements, visit);
  case T_RowExpr:
    return each(as<RowExpr>(node)->args, visit);
  case T_CoalesceExpr:
    return each(as<CoalesceExpr>(node)->args, visit);
  case T_MinMaxExpr:
    return each(as<MinMaxExpr>(node)->args, visit);
  case T_CaseExpr:
    one(as<CaseExpr>(node)->arg, visit);
    each(as<CaseExpr>(node)->args, visit);
    return one(as<CaseExpr>(node)->defresult, visit);
  case T_CaseWhen:
    one(as<CaseWhen>(node)->expr, visit);
    return one(as<CaseWhen>(node)->result, visit);
  case T_SubLink:
    return one(as<SubLink>(node)->testexpr, visit);
  case T_ResTarget:
    each(as<ResTarget>(node)->indirection, visit);
    return one(as<ResTarget>(node)->val, visit);
  case T_MultiAssignRef:
    return one(as<MultiAssignRef>(node)->source, visit);
  case T_SortBy:
    return one(as<SortBy>(node)->node, visit);
  case T_WindowDef:
    return window(as<WindowDef>(node), visit);
  case T_GroupingFunc:
    return each(as<GroupingFunc>(node)->args, visit);
  case T_GroupingSet:
    return each(as<GroupingSet>(node)->content, visit);
  case T_IndexElem:
    return one(as<IndexElem>(node)->expr, visit);
  case T_XmlExpr:
    each(as<XmlExpr>(node)->named_args, visit);
    return each(as<XmlExpr>(node)->args, visit);
  case T_XmlSerialize:
    return one(as<XmlSerialize>(node)->expr, visit);
  case T_JsonValueExpr:
    return one(as<JsonValueExpr>(node)->raw_expr, visit);
  case T_JsonIsPredicate:
    return one(as<JsonIsPredicate>(node)->expr, visit);
  case T_JsonBehavior:
    return one(as<JsonBehavior>(node)->expr, visit);
  case T_JsonArgument:
    return one(as<JsonArgument>(node)->val, visit);
  case T_JsonFuncExpr:
    one(as<JsonFuncExpr>(node)->context_item, visit);
    one(as<JsonFuncExpr>(node)->pathspec, visit);
    each(as<JsonFuncExpr>(node)->passing, visit);
    one(as<JsonFuncExpr>(node)->on_empty, visit);
    return one(as<JsonFuncExpr>(node)->on_error, visit);
  case T_JsonKeyValue:
    one(as<JsonKeyValue>(node)->key, visit);
    return one(as<JsonKeyValue>(node)->value, visit);
  case T_JsonParseExpr:
    return one(as<JsonParseExpr>(node)->expr, visit);
  case T_JsonScalarExpr:
    return one(as<JsonScalarExpr>(node)->expr, visit);
  case T_JsonSerializeExpr:
    return one(as<JsonSerializeExpr>(node)->expr, visit);
  case T_JsonObjectConstructor:
    return each(as<JsonObjectConstructor>(node)->exprs, visit);
  case T_JsonArrayConstructor:
    return each(as<JsonArrayConstructor>(node)->exprs, visit);
  case T_JsonArrayQueryConstructor:
    return one(as<JsonArrayQueryConstructor>(node)->query, visit);
  case T_JsonObjectAgg:
    one(as<JsonObjectAgg>(node)->arg, visit);
    return jsonAggregate(as<JsonObjectAgg>(node)->constructor, visit);
  case T_JsonArrayAgg:
    one(as<JsonArrayAgg>(node)->arg, visit);
    return jsonAggregate(as<JsonArrayAgg>(node)->constructor, visit);
  default: // Literals, names, queries.
    return;
  }
}

int locationOf(const ::Node *node) {
  switch (nodeTag(node)) {
  case T_A_Const:
    return as<A_Const>(node)->location;
  case T_ColumnRef:
    return as<ColumnRef>(node)->location;
  case T_ParamRef:
    return as<ParamRef>(node)->location;
  case T_FuncCall:
    return as<FuncCall>(node)->location;
  case T_NamedArgExpr:
    return as<NamedArgExpr>(node)->location;
  case T_A_Expr:
    return as<A_Expr>(node)->location;
  case T_CaseExpr:
    return as<CaseExpr>(node)->location;
  case T_SubLink:
    return as<SubLink>(node)->location;
  case T_SetToDefault:
    return as<SetToDefault>(node)->location;
  case T_MergeSupportFunc:
    return as<MergeSupportFunc>(node)->location;
  case T_GroupingFunc:
    return as<GroupingFunc>(node)->location;
  case T_XmlExpr:
    return as<XmlExpr>(node)->location;
  case T_XmlSerialize:
    return as<XmlSerialize>(node)->location;
  case T_JsonIsPredicate:
    return as<JsonIsPredicate>(node)->location;
  case T_JsonBehavior:
    return as<JsonBehavior>(node)->location;
  case T_JsonFuncExpr:
    return as<JsonFuncExpr>(node)->location;
  case T_JsonParseExpr:
    return as<JsonParseExpr>(node)->location;
  case T_JsonScalarExpr:
    return as<JsonScalarExpr>(node)->location;
  case T_JsonSerializeExpr:
    return as<JsonSerializeExpr>(node)->location;
  case T_JsonObjectConstructor:
    return as<JsonObjectConstructor>(node)->location;
  case T_JsonArrayConstructor:
    return as<JsonArrayConstructor>(node)->location;
  case T_JsonArrayQueryConstructor:
    return as<JsonArrayQueryConstructor>(node)->location;
  case T_JsonObjectAgg:
    return as<JsonObjectAgg>(node)->constructor->location;
  case T_JsonArrayAgg:
    return as<JsonArrayAgg>(node)->constructor->location;
  default:
    return -1;
  }
}

} // namespace lockstep::sql
