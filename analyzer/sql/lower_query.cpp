#include "sql/lowering.hpp"
#include "sql/raw_walk.hpp"

#include <algorithm>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

#if PG_VERSION_NUM < 180000
struct ReturningClause; // RETURNING is a plain list before 18.
#endif

namespace lockstep {

namespace {

/// What a FROM item's alias stands for, where it is no relation of the query.
enum : int { other_source = -3, function_source = -4 };

/// A name that may qualify a column.
struct Source {
  std::string_view schema;
  std::string_view name;
  int relation; ///< Index into Query::relations, or what else it is.
  int scope;
};

/// What FOR UPDATE and its kin lock among the FROM items of one SELECT.
struct RowLocks {
  bool all = false;
  std::vector<std::string_view> names;

  [[nodiscard]] bool contains(std::string_view name) const {
    return all || std::find(names.begin(), names.end(), name) != names.end();
  }
};

/// Gathers what one query refers to.
class Collector {
public:
  Collector(Lowering &at, Query &query) : at_(at), query_(query) {}

  /// Leaves the table that the outermost statement writes out of the relations.
  void excludeTarget(const QueryTarget &target) {
    target_ = target;
    is_target_own_ = true;
  }
  void setTarget(const QueryTarget &target) { target_ = target; }
  /// OLD and NEW are those of the rule, also where its actions write.
  void setRule(const QueryTarget &target) {
    target_ = target;
    is_rule_ = true;
  }

  void statement(const ::Node *node, int scope, bool is_outermost);
  void walk(const ::Node *node, int scope);

private:
  int newScope(int parent) {
    query_.scopes.push_back(parent);
    return static_cast<int>(query_.scopes.size()) - 1;
  }
  [[nodiscard]] int parentOf(int scope) const { return query_.scopes[static_cast<size_t>(scope)]; }
  [[nodiscard]] bool isCte(const ::RangeVar &relation) const {
    return !relation.schemaname &&
           std::find(at_.ctes.begin(), at_.ctes.end(), text(relation.relname)) != at_.ctes.end();
  }

  void with(const WithClause *clause, int scope);
  void select(const SelectStmt &node, int scope, const RowLocks &outer, bool is_outermost);
  void arms(const SelectStmt &node, int scope, bool is_outermost);
  void values(const SelectStmt &node, int scope, bool is_outermost);
  void insert(const InsertStmt &node, int scope, bool is_outermost);
  void update(const UpdateStmt &node, int scope, bool is_outermost);
  void remove(const DeleteStmt &node, int scope, bool is_outermost);
  void merge(const MergeStmt &node, int scope, bool is_outermost);
  int writeTarget(const ::RangeVar *relation, int scope, bool is_outermost);
  void assignedColumn(const ResTarget &assigned, int relation, int scope);
  void assignments(const ::List *targets, int relation, int scope);
  void returning(const ::List *list, int scope, bool is_outermost);
#if PG_VERSION_NUM >= 180000
  void returning(const ReturningClause *clause, int scope, bool is_outermost) {
    if (clause)
      returning(clause->exprs, scope, is_outermost);
  }
#endif

  int from(const ::Node *node, int scope, const RowLocks &locks);
  int relation(const ::RangeVar &node, int scope, const RowLocks &locks);
  int join(const JoinExpr &node, int scope, const RowLocks &locks);
  void addSource(const Alias *alias, std::string_view name, int relation, int scope);
  void fromAll(const ::List *items, int scope, const RowLocks &locks) {
    for (const ::Node *item : nodes<::Node>(items))
      from(item, scope, locks);
  }

  void outputs(const ::List *targets, int scope, bool is_outermost);
  void walkAll(const ::List *list, int scope) {
    for (const ::Node *node : nodes<::Node>(list))
      walk(node, scope);
  }
  /// ORDER BY and GROUP BY, whose bare names may mean output columns.
  void walkSorted(const ::List *list, const ::List *targets, int scope, bool only_outputs = false);
  void call(const FuncCall &node);
  void column(const ColumnRef &node, int scope);
  void addColumn(std::string_view name, int relation, int scope, Range where);
  /// Whether a qualifier names something here; what, in `found`.
  [[nodiscard]] bool resolve(std::string_view schema, std::string_view name, int scope,
                             int &found) const;

  Lowering &at_;
  Query &query_;
  QueryTarget target_;
  bool is_target_own_ = false;
  bool is_rule_ = false;
  std::vector<Source> sources_;
};

} // namespace

// --- columns, functions, types
// --------------------------------------------------------------------

bool Collector::resolve(std::string_view schema, std::string_view name, int scope,
                        int &found) const {
  for (; scope >= 0; scope = parentOf(scope)) {
    for (const Source &source : sources_) {
      if (source.scope == scope && source.name == name &&
          (schema.empty() || schema == source.schema)) {
        found = source.relation;
        return true;
      }
    }
  }
  if (target_.name.empty() || !schema.empty())
    return false;
  found = ColumnUse::of_target;
  return name == (target_.alias.empty() ? target_.name : target_.alias) || name == "excluded" ||
         name == "old" || name == "new";
}

void Collector::addColumn(std::string_view name, int relation, int scope, Range where) {
  ColumnUse &use = query_.columns.emplace_back();
  use.name = name;
  use.relation = relation;
  use.scope = scope;
  use.where = where;
}

void Collector::column(const ColumnRef &node, int scope) {
  auto fields = cells(node.fields);
  const auto *last = static_cast<const ::Node *>(fields.back());
  std::string_view name = IsA(last, A_Star) ? "*" : stringOf(last);
  Range where;
  if (node.location >= 0) {
    size_t first = at_.tokenAt(node.location);
    where = at_.tokens.span(first, first + 2 * fields.size() - 1);
  }
  int found = -1;
  if (fields.size() == 1) {
    // The alias of a function is its column's name, too.
    if (resolve({}, name, scope, found) && found == function_source)
      return;
    found = -1;
  } else {
    std::string_view qualifier = stringOf(fields[fields.size() - 2]);
    std::string_view schema = fields.size() > 2 ? stringOf(fields[fields.size() - 3]) : "";
    bool is_target = !schema.empty() && schema == target_.schema && qualifier == target_.name;
    if (is_target)
      found = ColumnUse::of_target;
    else if (!resolve(schema, qualifier, scope, found))
      return; // A record of PL/pgSQL, or an error.
  }
  if (found > other_source)
    addColumn(name, found, scope, where);
}

void Collector::call(const FuncCall &node) {
  FunctionUse &use = query_.functions.emplace_back();
  use.name = qualifiedName(node.funcname);
  use.argument_count = static_cast<int>(cells(node.args).size());
  if (node.location >= 0)
    use.name.where = at_.tokens.name(at_.tokenAt(node.location));
}

void Collector::walk(const ::Node *node, int scope) {
  if (!node)
    return;
  Nesting nesting(at_);
  if (nesting.tooDeep())
    return;
  switch (nodeTag(node)) {
  case T_A_Const:
  case T_ParamRef:
    return;
  case T_ColumnRef:
    return column(*as<ColumnRef>(node), scope);
  case T_FuncCall:
    call(*as<FuncCall>(node));
    break;
  case T_TypeCast:
    query_.types.push_back(lowerType(at_, as<TypeCast>(node)->typeName));
    break;
  case T_SubLink:
    walk(as<SubLink>(node)->testexpr, scope);
    return statement(as<SubLink>(node)->subselect, newScope(scope), false);
  case T_SelectStmt:
    return statement(node, newScope(scope), false);
  case T_MultiAssignRef: // All parts of (a, b) = … share one source.
    if (as<MultiAssignRef>(node)->colno != 1)
      return;
    break;
  case T_A_Expr: {
    // A long chain such as a || b || … leans to the left: no recursion along it.
    const ::Node *left = as<A_Expr>(node)->lexpr;
    if (!left || !IsA(left, A_Expr))
      break;
    std::vector<const ::Node *> spine;
    for (; left && IsA(left, A_Expr); left = as<A_Expr>(left)->lexpr)
      spine.push_back(left);
    walk(left, scope);
    for (auto it = spine.rbegin(); it != spine.rend(); ++it)
      walk(as<A_Expr>(*it)->rexpr, scope);
    return walk(as<A_Expr>(node)->rexpr, scope);
  }
  default:
    break;
  }
  forEachChild(node, [this, scope](const ::Node *child) { walk(child, scope); });
}

void Collector::walkSorted(const ::List *list, const ::List *targets, int scope,
                           bool only_outputs) {
  for (const ::Node *node : nodes<::Node>(list)) {
    const ::Node *key = node && IsA(node, SortBy) ? as<SortBy>(node)->node : node;
    if (key && IsA(key, ColumnRef) && cells(as<ColumnRef>(key)->fields).size() == 1) {
      std::string_view name = stringOf(cells(as<ColumnRef>(key)->fields).front());
      auto elements = nodes<ResTarget>(targets);
      bool is_output = std::any_of(elements.begin(), elements.end(), [&](const ResTarget *target) {
        return target->name && name == target->name;
      });
      if (is_output || only_outputs)
        continue;
    }
    walk(key, scope);
  }
}

void Collector::outputs(const ::List *targets, int scope, bool is_outermost) {
  for (const ResTarget *target : nodes<ResTarget>(targets)) {
    size_t before = query_.columns.size();
    walk(target->val, scope);
    if (!is_outermost)
      continue;
    OutputColumn &output = query_.outputs.emplace_back();
    bool is_column = target->val && IsA(target->val, ColumnRef);
    if (is_column && query_.columns.size() == before + 1)
      output.column = static_cast<int>(before);
    if (target->name)
      output.name = target->name;
    else if (is_column && IsA(cells(as<ColumnRef>(target->val)->fields).back(), A_Star))
      output.name = "*";
    else
      output.name = outputName(target->val);
  }
}

// --- FROM
// -----------------------------------------------------------------------------------------

void Collector::addSource(const Alias *alias, std::string_view name, int relation, int scope) {
  sources_.push_back({{}, alias ? text(alias->aliasname) : name, relation, scope});
}

int Collector::relation(const ::RangeVar &node, int scope, const RowLocks &locks) {
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
  use.scope = scope;
  return index;
}

int Collector::join(const JoinExpr &node, int scope, const RowLocks &locks) {
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
int Collector::from(const ::Node *node, int scope, const RowLocks &locks) {
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
      query_.types.push_back(lowerType(at_, column->typeName));
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

// --- SELECT
// ---------------------------------------------------------------------------------------

void Collector::with(const WithClause *clause, int scope) {
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
void Collector::arms(const SelectStmt &node, int scope, bool is_outermost) {
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
}

void Collector::values(const SelectStmt &node, int scope, bool is_outermost) {
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

void Collector::select(const SelectStmt &node, int scope, const RowLocks &outer,
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
  }
  at_.ctes.resize(visible);
}

// --- statements that write
// ------------------------------------------------------------------------

/// Adds the table that is written, unless it is the op's own.
int Collector::writeTarget(const ::RangeVar *relation, int scope, bool is_outermost) {
  if (is_outermost && is_target_own_)
    return ColumnUse::of_target;
  int index = static_cast<int>(query_.relations.size());
  addSource(relation->alias, text(relation->relname), index, scope);
  RelationUse &use = query_.relations.emplace_back();
  use.name = relationName(at_, relation);
  if (relation->alias)
    use.alias = text(relation->alias->aliasname);
  use.access = Access::write;
  use.scope = scope;
  for (std::string_view name : {"excluded", "old", "new"})
    if (!is_rule_ || name == "excluded")
      sources_.push_back({{}, name, index, scope});
  return index;
}

void Collector::assignedColumn(const ResTarget &assigned, int relation, int scope) {
  if (relation == ColumnUse::of_target || !assigned.name)
    return; // The op holds it.
  Range where;
  if (assigned.location >= 0)
    where = at_.tokens.range(at_.tokenAt(assigned.location));
  addColumn(assigned.name, relation, scope, where);
}

void Collector::assignments(const ::List *targets, int relation, int scope) {
  for (const ResTarget *target : nodes<ResTarget>(targets)) {
    assignedColumn(*target, relation, scope);
    walkAll(target->indirection, scope);
    walk(target->val, scope);
  }
}

void Collector::returning(const ::List *list, int scope, bool is_outermost) {
  outputs(list, scope, is_outermost);
}

void Collector::insert(const InsertStmt &node, int scope, bool is_outermost) {
  with(node.withClause, scope);
  int target = writeTarget(node.relation, scope, is_outermost);
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
#if PG_VERSION_NUM >= 180000
  returning(node.returningClause, scope, is_outermost);
#else
  returning(node.returningList, scope, is_outermost);
#endif
}

void Collector::update(const UpdateStmt &node, int scope, bool is_outermost) {
  with(node.withClause, scope);
  int target = writeTarget(node.relation, scope, is_outermost);
  fromAll(node.fromClause, scope, {});
  assignments(node.targetList, target, scope);
  walk(node.whereClause, scope);
#if PG_VERSION_NUM >= 180000
  returning(node.returningClause, scope, is_outermost);
#else
  returning(node.returningList, scope, is_outermost);
#endif
}

void Collector::remove(const DeleteStmt &node, int scope, bool is_outermost) {
  with(node.withClause, scope);
  writeTarget(node.relation, scope, is_outermost);
  fromAll(node.usingClause, scope, {});
  walk(node.whereClause, scope);
#if PG_VERSION_NUM >= 180000
  returning(node.returningClause, scope, is_outermost);
#else
  returning(node.returningList, scope, is_outermost);
#endif
}

void Collector::merge(const MergeStmt &node, int scope, bool is_outermost) {
  with(node.withClause, scope);
  int target = writeTarget(node.relation, scope, is_outermost);
  from(node.sourceRelation, scope, {});
  walk(node.joinCondition, scope);
  for (const MergeWhenClause *when : nodes<MergeWhenClause>(node.mergeWhenClauses)) {
    walk(when->condition, scope);
    assignments(when->targetList, target, scope);
    walkAll(when->values, scope);
  }
#if PG_VERSION_NUM >= 180000
  returning(node.returningClause, scope, is_outermost);
#else
  returning(node.returningList, scope, is_outermost);
#endif
}

void Collector::statement(const ::Node *node, int scope, bool is_outermost) {
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

Query lowerQuery(Lowering &at, const ::Node *statement, Range where) {
  Query query;
  Collector collector(at, query);
  collector.setTarget(at.target);
  collector.statement(statement, 0, true);
  query.where = where;
  query.text = at.tokens.slice(where);
  return query;
}

Query lowerRuleQuery(Lowering &at, const RuleStmt &rule) {
  Query query;
  Collector collector(at, query);
  QueryTarget target;
  target.schema = text(rule.relation->schemaname);
  target.name = text(rule.relation->relname);
  collector.setRule(target);
  collector.walk(rule.whereClause, 0);
  for (const ::Node *action : nodes<::Node>(rule.actions)) {
    query.scopes.push_back(-1);
    collector.statement(action, static_cast<int>(query.scopes.size()) - 1, false);
  }
  query.where = at.range;
  query.text = at.tokens.slice(at.range);
  return query;
}

Query lowerOwnQuery(Lowering &at, const ::Node *statement, const QueryTarget &target) {
  Query query;
  Collector collector(at, query);
  collector.excludeTarget(target);
  collector.statement(statement, 0, true);
  return query;
}

} // namespace lockstep
