#include "sql/query/query_collector.hpp"

#include "sql/query/expression.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

void QueryCollector::with(const WithClause *clause, int scope) {
  if (!clause)
    return;
  auto ctes = nodes<CommonTableExpr>(clause->ctes);
  if (clause->recursive)
    for (const CommonTableExpr *cte : ctes)
      at_.ctes.push_back(text(cte->ctename));
  for (const CommonTableExpr *cte : ctes) {
    statement(cte->ctequery, newScope(parentOf(scope)), false);
    if (!clause->recursive)
      at_.ctes.push_back(text(cte->ctename));
  }
}

/// The SELECTs of a UNION and its kin. Long unions lean to the left: no recursion along them.
void QueryCollector::arms(const SelectStmt &node, int scope, bool is_outermost) {
  std::vector<const SelectStmt *> rights;
  const SelectStmt *left = &node;
  do {
    rights.push_back(left->rarg);
    left = left->larg;
  } while (left->op != SETOP_NONE && !left->withClause && !left->sortClause && !left->limitCount &&
           !left->limitOffset);
  int parent = parentOf(scope);
  select(*left, newScope(parent), {}, is_outermost);
  for (auto it = rights.rbegin(); it != rights.rend(); ++it)
    select(**it, newScope(parent), {}, false);
  if (is_outermost) // The arms decide together (section 10.5 of the documentation).
    for (OutputColumn &output : query_.outputs)
      output.type = {};
}

void QueryCollector::values(const SelectStmt &node, int scope, bool is_outermost) {
  for (const ::List *row : nodes<::List>(node.valuesLists)) {
    // Rows are many and mostly literals.
    for (const ::Node *value : nodes<::Node>(row))
      if (value && !IsA(value, A_Const) && !IsA(value, SetToDefault) && !IsA(value, ParamRef))
        walk(value, scope);
  }
  if (!is_outermost)
    return;
  size_t width = cells(nodes<::List>(node.valuesLists)[0]).size();
  for (size_t i = 1; i <= width; ++i)
    query_.outputs.emplace_back().name = "column" + std::to_string(i);
}

void QueryCollector::select(const SelectStmt &node, int scope, const RowLocks &outer,
                            bool is_outermost) {
  Nesting nesting(at_);
  if (nesting.tooDeep())
    return;
  size_t visible = at_.ctes.size();
  with(node.withClause, scope);
  RowLocks locks;
  locks.all = outer.all;
  for (const LockingClause *clause : nodes<LockingClause>(node.lockingClause)) {
    locks.all |= !clause->lockedRels;
    for (const ::RangeVar *locked : nodes<::RangeVar>(clause->lockedRels))
      locks.names.push_back(text(locked->relname));
  }
  if (node.op != SETOP_NONE) {
    bool wanted = is_outermost && query_.outputs.empty();
    arms(node, scope, wanted);
    walkSorted(node.sortClause, nullptr, scope, true);
  } else {
    fromAll(node.fromClause, scope, locks);
    outputs(node.targetList, scope, is_outermost);
    if (node.valuesLists)
      values(node, scope, is_outermost);
    walk(node.whereClause, scope);
    walkSorted(node.groupClause, node.targetList, scope);
    walk(node.havingClause, scope);
    walkAll(node.windowClause, scope);
    if (node.distinctClause && cells(node.distinctClause).front()) // Not just DISTINCT.
      walkSorted(node.distinctClause, node.targetList, scope);
    walkSorted(node.sortClause, node.targetList, scope);
  }
  walk(node.limitCount, scope);
  walk(node.limitOffset, scope);
  if (is_outermost) {
    const ::Node *limit = node.limitCount;
    query_.is_limited = limit && !(IsA(limit, A_Const) && as<A_Const>(limit)->isnull);
    query_.has_where = node.whereClause != nullptr;
    query_.has_from = node.fromClause != nullptr;
    const auto *only = cells(node.fromClause).size() == 1
                           ? static_cast<const ::Node *>(cells(node.fromClause).front())
                           : nullptr;
    query_.condition.reset(); // Of an arm of UNION.
    if (node.whereClause && only && IsA(only, RangeVar) && !isCte(*as<::RangeVar>(only)))
      query_.condition = std::make_shared<const Expression>(lowerExpression(at_, node.whereClause));
  }
  at_.ctes.resize(visible);
}

void QueryCollector::statement(const ::Node *node, int scope, bool is_outermost) {
  Nesting nesting(at_);
  if (!node || nesting.tooDeep())
    return;
  size_t visible = at_.ctes.size();
  switch (nodeTag(node)) {
  case T_SelectStmt:
    select(*as<SelectStmt>(node), scope, {}, is_outermost);
    break;
  case T_InsertStmt:
    insert(*as<InsertStmt>(node), scope, is_outermost);
    break;
  case T_UpdateStmt:
    update(*as<UpdateStmt>(node), scope, is_outermost);
    break;
  case T_DeleteStmt:
    remove(*as<DeleteStmt>(node), scope, is_outermost);
    break;
  case T_MergeStmt:
    merge(*as<MergeStmt>(node), scope, is_outermost);
    break;
  case T_ReturnStmt: // The body of a function.
    walk(as<ReturnStmt>(node)->returnval, scope);
    break;
  default:
    break;
  }
  at_.ctes.resize(visible);
}

} // namespace lockstep::sql
