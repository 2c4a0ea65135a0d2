#include "sql/query/name.hpp"
#include "sql/query/output_name.hpp"
#include "sql/query/query_collector.hpp"

#include <algorithm>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

bool QueryCollector::isCte(const ::RangeVar &relation) const {
  return !relation.schemaname &&
         std::find(at_.ctes.begin(), at_.ctes.end(), text(relation.relname)) != at_.ctes.end();
}

void QueryCollector::fromAll(const ::List *items, int scope, const RowLocks &locks) {
  for (const ::Node *item : nodes<::Node>(items))
    from(item, scope, locks);
}

void QueryCollector::addSource(const Alias *alias, std::string_view name, int relation, int scope) {
  sources_.push_back({{}, alias ? text(alias->aliasname) : name, relation, scope});
}

int QueryCollector::relation(const ::RangeVar &node, int scope, const RowLocks &locks) {
  if (isCte(node)) {
    addSource(node.alias, text(node.relname), other_source, scope);
    return other_source;
  }
  int index = static_cast<int>(query_.relations.size());
  addSource(node.alias, text(node.relname), index, scope);
  if (!node.alias)
    sources_.back().schema = text(node.schemaname);
  RelationUse &use = query_.relations.emplace_back();
  use.name = relationName(at_, &node);
  if (node.alias)
    use.alias = text(node.alias->aliasname);
  use.access = locks.contains(sources_.back().name) ? Access::row_lock : Access::read;
  use.only = !node.inh;
  use.scope = scope;
  return index;
}

int QueryCollector::join(const JoinExpr &node, int scope, const RowLocks &locks) {
  int left = from(node.larg, scope, locks);
  int right = from(node.rarg, scope, locks);
  for (const void *name : cells(node.usingClause)) {
    // The column is one of each side; of a side that is itself a join, of any in scope.
    if (left > other_source)
      addColumn(stringOf(name), left, scope, {});
    if (right > other_source)
      addColumn(stringOf(name), right, scope, {});
  }
  if (node.alias)
    addSource(node.alias, {}, other_source, scope);
  if (node.join_using_alias)
    addSource(node.join_using_alias, {}, other_source, scope);
  walk(node.quals, scope);
  return -1;
}

/// Adds a FROM item. Its index where it is a relation; -1 for a join; other_source for the rest.
int QueryCollector::from(const ::Node *node, int scope, const RowLocks &locks) {
  Nesting nesting(at_);
  if (!node || nesting.tooDeep())
    return other_source;
  switch (nodeTag(node)) {
  case T_RangeVar:
    return relation(*as<::RangeVar>(node), scope, locks);
  case T_JoinExpr:
    return join(*as<JoinExpr>(node), scope, locks);
  case T_RangeSubselect: {
    const auto *item = as<RangeSubselect>(node);
    RowLocks inner;
    inner.all = locks.contains(item->alias ? text(item->alias->aliasname) : "");
    int inside = newScope(item->lateral ? scope : parentOf(scope));
    if (item->subquery && IsA(item->subquery, SelectStmt))
      select(*as<SelectStmt>(item->subquery), inside, inner, false);
    if (item->alias)
      addSource(item->alias, {}, other_source, scope);
    return other_source;
  }
  case T_RangeFunction: {
    const auto *item = as<RangeFunction>(node);
    std::string_view name;
    for (const ::List *function : nodes<::List>(item->functions)) {
      const auto *expression = static_cast<const ::Node *>(cells(function).front());
      walk(expression, scope);
      name = outputName(expression);
    }
    for (const ::ColumnDef *column : nodes<::ColumnDef>(item->coldeflist))
      type(column->typeName);
    addSource(item->alias, name, function_source, scope);
    return other_source;
  }
  case T_RangeTableSample: {
    const auto *item = as<RangeTableSample>(node);
    int index = from(item->relation, scope, locks);
    walkAll(item->args, scope);
    walk(item->repeatable, scope);
    return index;
  }
  case T_RangeTableFunc: {
    const auto *item = as<RangeTableFunc>(node);
    walkAll(item->namespaces, scope);
    walk(item->docexpr, scope);
    walk(item->rowexpr, scope);
    for (const RangeTableFuncCol *column : nodes<RangeTableFuncCol>(item->columns)) {
      walk(column->colexpr, scope);
      walk(column->coldefexpr, scope);
    }
    addSource(item->alias, "xmltable", other_source, scope);
    return other_source;
  }
  case T_JsonTable: {
    const auto *item = as<JsonTable>(node);
    walk(reinterpret_cast<const ::Node *>(item->context_item), scope);
    walkAll(item->passing, scope);
    addSource(item->alias, "json_table", other_source, scope);
    return other_source;
  }
  default:
    return other_source;
  }
}

} // namespace lockstep::sql
