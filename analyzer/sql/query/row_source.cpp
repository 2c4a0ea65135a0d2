#include "sql/query/row_source.hpp"

#include "base/pg/functions.hpp"
#include "sql/query/expression.hpp"
#include "sql/query/name.hpp"
#include "sql/query/raw_walk.hpp"

#include <algorithm>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

static bool hasLimit(const SelectStmt &select) {
  const ::Node *limit = select.limitCount;
  return limit && !(IsA(limit, A_Const) && as<A_Const>(limit)->isnull);
}

static bool isLimitedSelect(const ::Node *node) {
  return node && IsA(node, SelectStmt) && hasLimit(*as<SelectStmt>(node));
}

bool picksLimitedRows(const ::List *from, const WithClause *with) {
  for (const ::Node *item : nodes<::Node>(from))
    if (IsA(item, RangeSubselect) && isLimitedSelect(as<RangeSubselect>(item)->subquery))
      return true;
  if (with)
    for (const CommonTableExpr *cte : nodes<CommonTableExpr>(with->ctes))
      if (isLimitedSelect(cte->ctequery))
        return true;
  return false;
}

/// True where the expression holds what `wanted` accepts. Sub-selects are not entered.
template <class Wanted>
static bool holds(Lowering &at, const ::Node *expression, const Wanted &wanted) {
  Nesting nesting(at);
  if (!expression || nesting.tooDeep())
    return false;
  if (wanted(expression))
    return true;
  bool found = false;
  forEachChild(expression, [&](const ::Node *child) { found = found || holds(at, child, wanted); });
  return found;
}

/// Aggregates have kept their names since long; the version makes no difference.
static bool isAggregate(const ::Node *node) {
  if (!IsA(node, FuncCall) || as<FuncCall>(node)->over)
    return false;
  const auto *call = as<FuncCall>(node);
  const auto function =
      findFunction(lastName(call->funcname), cells(call->args).size(), newest_postgres);
  return call->agg_star || (function && function->aggregate && function->extension.empty());
}

void RowSources::with(const WithClause *clause) {
  if (!clause)
    return;
  for (const CommonTableExpr *cte : nodes<CommonTableExpr>(clause->ctes)) {
    const ::Node *query = cte->ctequery;
    const bool few = !clause->recursive && (IsA(query, SelectStmt) ? areFew(*as<SelectStmt>(query))
                                                                   : areFewWritten(query));
    ctes_.push_back({text(cte->ctename), few});
  }
}

/// DELETE and UPDATE of a batch, whose rows RETURNING hands on.
bool RowSources::areFewWritten(const ::Node *statement) {
  const ::Node *condition = nullptr;
  bool limited = false;
  if (IsA(statement, DeleteStmt)) {
    const auto *node = as<DeleteStmt>(statement);
    condition = node->whereClause;
    limited = picksLimitedRows(node->usingClause, node->withClause);
  } else if (IsA(statement, UpdateStmt)) {
    const auto *node = as<UpdateStmt>(statement);
    condition = node->whereClause;
    limited = picksLimitedRows(node->fromClause, node->withClause);
  }
  return condition && (limited || holds(at_, condition, [](const ::Node *node) {
                         return IsA(node, SubLink) && isLimitedSelect(as<SubLink>(node)->subselect);
                       }));
}

bool RowSources::areFew(const ::Node *item) {
  Nesting nesting(at_);
  if (!item || nesting.tooDeep())
    return false;
  switch (nodeTag(item)) {
  case T_RangeVar: {
    const auto *relation = as<::RangeVar>(item);
    auto found = std::find_if(ctes_.rbegin(), ctes_.rend(), [&](const Cte &cte) {
      return !relation->schemaname && cte.name == text(relation->relname);
    });
    return found != ctes_.rend() && found->few;
  }
  case T_RangeSubselect: {
    const ::Node *query = as<RangeSubselect>(item)->subquery;
    return query && IsA(query, SelectStmt) && areFew(*as<SelectStmt>(query));
  }
  case T_RangeFunction: // Also of as many rows as a sub-select in its arguments says.
    for (const ::List *function : nodes<::List>(as<RangeFunction>(item)->functions))
      if (holds(at_, static_cast<const ::Node *>(cells(function).front()),
                [](const ::Node *node) { return IsA(node, SubLink); }))
        return false;
    return true;
  case T_JoinExpr:
    return areFew(as<JoinExpr>(item)->larg) && areFew(as<JoinExpr>(item)->rarg);
  default:
    return false;
  }
}

bool RowSources::areFew(const SelectStmt &select) {
  Nesting nesting(at_);
  if (nesting.tooDeep())
    return false;
  if (hasLimit(select))
    return true;
  const size_t visible = ctes_.size();
  with(select.withClause);
  bool few = true;
  if (select.op != SETOP_NONE) {
    few = areFew(*select.larg) && areFew(*select.rarg);
  } else if (!select.valuesLists) {
    const auto targets = nodes<ResTarget>(select.targetList);
    const bool is_one_row =
        !select.groupClause && std::any_of(targets.begin(), targets.end(), [&](const auto *target) {
          return holds(at_, target->val, isAggregate);
        });
    const auto items = nodes<::Node>(select.fromClause);
    few = is_one_row ||
          std::all_of(items.begin(), items.end(), [&](const ::Node *item) { return areFew(item); });
  }
  ctes_.resize(visible);
  return few;
}

namespace {
/// Gathers the conditions of a FROM.
class ConditionReader {
public:
  ConditionReader(Lowering &at, RowSources &sources) : at_(at), sources_(sources) {}

  std::vector<const ::Node *> conditions;

  /// False where something takes part whose rows no condition here bounds.
  [[nodiscard]] bool read(const ::Node *item) {
    Nesting nesting(at_);
    if (nesting.tooDeep())
      return false;
    if (sources_.areFew(item))
      return true;
    if (IsA(item, RangeVar))
      return !isCte(*as<::RangeVar>(item));
    if (!IsA(item, JoinExpr) || as<JoinExpr>(item)->jointype != JOIN_INNER)
      return false;
    const auto *join = as<JoinExpr>(item);
    if (join->quals)
      conditions.push_back(join->quals);
    return read(join->larg) && read(join->rarg);
  }

private:
  [[nodiscard]] bool isCte(const ::RangeVar &relation) const {
    return !relation.schemaname &&
           std::find(at_.ctes.begin(), at_.ctes.end(), text(relation.relname)) != at_.ctes.end();
  }

  Lowering &at_;
  RowSources &sources_;
};
} // namespace

ExpressionPointer joinedCondition(Lowering &at, const SelectStmt &select) {
  RowSources sources(at);
  sources.with(select.withClause);
  ConditionReader reader(at, sources);
  if (select.op != SETOP_NONE || !select.fromClause)
    return nullptr;
  for (const ::Node *item : nodes<::Node>(select.fromClause))
    if (!reader.read(item))
      return nullptr;
  if (select.whereClause)
    reader.conditions.push_back(select.whereClause);
  if (reader.conditions.empty())
    return nullptr;
  Expression result;
  result.kind = ExpressionKind::conjunction;
  for (const ::Node *condition : reader.conditions)
    result.arguments.push_back(lowerExpression(at, condition));
  return std::make_shared<const Expression>(std::move(result));
}

} // namespace lockstep::sql
