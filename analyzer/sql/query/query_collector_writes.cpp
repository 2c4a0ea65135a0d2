#include "sql/query/name.hpp"
#include "sql/query/query_collector.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

/// Adds the table that is written, unless it is the op's own.
int QueryCollector::writeTarget(const ::RangeVar *relation, int scope, bool is_outermost) {
  if (is_outermost && is_target_own_)
    return ColumnUse::of_target;
  int index = static_cast<int>(query_.relations.size());
  addSource(relation->alias, text(relation->relname), index, scope);
  RelationUse &use = query_.relations.emplace_back();
  use.name = relationName(at_, relation);
  if (relation->alias)
    use.alias = text(relation->alias->aliasname);
  use.access = Access::write;
  use.only = !relation->inh;
  use.scope = scope;
  for (std::string_view name : {"excluded", "old", "new"})
    if (!is_rule_ || name == "excluded")
      sources_.push_back({{}, name, index, scope});
  return index;
}

void QueryCollector::assignedColumn(const ResTarget &assigned, int relation, int scope) {
  if (relation == ColumnUse::of_target || !assigned.name)
    return; // The op holds it.
  Range where;
  if (assigned.location >= 0)
    where = at_.tokens.range(at_.tokenAt(assigned.location));
  addColumn(assigned.name, relation, scope, where);
}

void QueryCollector::assignments(const ::List *targets, int relation, int scope) {
  for (const ResTarget *target : nodes<ResTarget>(targets)) {
    assignedColumn(*target, relation, scope);
    walkAll(target->indirection, scope);
    walk(target->val, scope);
  }
}

/// The expressions of RETURNING, which is a node of its own in 18.
template <class T> static const ::List *returned(const T &node) {
#if PG_VERSION_NUM >= 180000
  return node.returningClause ? node.returningClause->exprs : nullptr;
#else
  return node.returningList;
#endif
}

void QueryCollector::insert(const InsertStmt &node, int scope, bool is_outermost) {
  with(node.withClause, scope);
  int target = writeTarget(node.relation, scope, is_outermost);
  if (target >= 0)
    query_.relations[static_cast<size_t>(target)].inserts = true;
  for (const ResTarget *column : nodes<ResTarget>(node.cols))
    assignedColumn(*column, target, scope);
  if (node.selectStmt && IsA(node.selectStmt, SelectStmt)) {
    const auto *source = as<SelectStmt>(node.selectStmt);
    bool is_plain = source->valuesLists && !source->withClause && !source->sortClause &&
                    !source->limitCount && !source->limitOffset;
    if (is_plain)
      values(*source, scope, false);
    else
      select(*source, newScope(parentOf(scope)), {}, false);
  }
  if (const OnConflictClause *conflict = node.onConflictClause) {
    if (conflict->infer) {
      for (const IndexElem *element : nodes<IndexElem>(conflict->infer->indexElems)) {
        if (element->name && target >= 0)
          addColumn(element->name, target, scope, {});
        walk(element->expr, scope);
      }
      walk(conflict->infer->whereClause, scope);
    }
    assignments(conflict->targetList, target, scope);
    walk(conflict->whereClause, scope);
  }
  outputs(returned(node), scope, is_outermost);
}

void QueryCollector::update(const UpdateStmt &node, int scope, bool is_outermost) {
  with(node.withClause, scope);
  int target = writeTarget(node.relation, scope, is_outermost);
  fromAll(node.fromClause, scope, {});
  assignments(node.targetList, target, scope);
  walk(node.whereClause, scope);
  outputs(returned(node), scope, is_outermost);
}

void QueryCollector::remove(const DeleteStmt &node, int scope, bool is_outermost) {
  with(node.withClause, scope);
  writeTarget(node.relation, scope, is_outermost);
  fromAll(node.usingClause, scope, {});
  walk(node.whereClause, scope);
  outputs(returned(node), scope, is_outermost);
}

void QueryCollector::merge(const MergeStmt &node, int scope, bool is_outermost) {
  with(node.withClause, scope);
  int target = writeTarget(node.relation, scope, is_outermost);
  from(node.sourceRelation, scope, {});
  walk(node.joinCondition, scope);
  for (const MergeWhenClause *when : nodes<MergeWhenClause>(node.mergeWhenClauses)) {
    walk(when->condition, scope);
    assignments(when->targetList, target, scope);
    walkAll(when->values, scope);
  }
  outputs(returned(node), scope, is_outermost);
}

} // namespace lockstep::sql
