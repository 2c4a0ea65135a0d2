#include "effects/facts/predicate.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "evolve/routine_use.hpp"

#include <algorithm>

namespace lockstep::rules {

static std::vector<std::string> namesOf(const std::vector<const Function *> &functions) {
  std::vector<std::string> names;
  for (const Function *function : functions)
    names.push_back(function->name);
  return names;
}

static std::string typeOf(const Relation &table, std::string_view column) {
  const Column *found = table.findColumn(column);
  return found ? found->type.name : std::string();
}

/// True for `column IN ('a', 'b')`, or a part of AND, where the text is none of them.
static bool leavesOut(const Expression &check, std::string_view column, const std::string &text) {
  if (check.kind == ExpressionKind::conjunction)
    return std::any_of(check.arguments.begin(), check.arguments.end(),
                       [&](const Expression &part) { return leavesOut(part, column, text); });
  if (check.kind != ExpressionKind::operation || check.name != "in" || check.arguments.size() < 2 ||
      check.arguments.front().kind != ExpressionKind::column ||
      check.arguments.front().name != column)
    return false;
  return std::all_of(check.arguments.begin() + 1, check.arguments.end(),
                     [&](const Expression &value) {
                       return value.kind == ExpressionKind::constant &&
                              value.literal == LiteralKind::string && value.name != text;
                     });
}

/// The column whose default the CHECK forbids, or null.
static const Column *contradictedDefault(const Relation &table, const SqlExpression &check) {
  for (const std::string &name : ops::columnsOf(check.root)) {
    const Column *column = table.findColumn(name);
    if (!column || !column->default_value)
      continue;
    std::optional<ConstantValue> value =
        constantValue(column->default_value->root, column->type.name);
    if (!value)
      continue;
    Predicate given;
    given.kind = Predicate::Kind::comparison;
    given.subject = name;
    given.comparison = Comparison::equal;
    given.value = *value;
    const ColumnTypes types = [&](std::string_view each) { return typeOf(table, each); };
    if (value->kind == ConstantValue::Kind::text && leavesOut(check.root, name, value->text))
      return column;
    if (implies(given, negated(predicateOf(check.root, types))))
      return column;
  }
  return nullptr;
}

/// The columns that the constraint wants to be filled.
static std::vector<std::string> requiredBy(const ConstraintDef &constraint, const Relation &table) {
  if (constraint.kind == ConstraintKind::not_null)
    return constraint.columns;
  std::vector<std::string> required;
  if (constraint.kind == ConstraintKind::check && constraint.expression)
    for (const Column &column : table.columns)
      if (provesNotNull(constraint.expression->root, column.name))
        required.push_back(column.name);
  return required;
}

static bool isFilled(const Column &column, const Relation &table, const Step &step) {
  return column.not_null || column.default_value || column.identity != Identity::none ||
         column.generated != Generated::none ||
         triggerFilling(catalogAfter(step), table, column.name);
}

/// A validated constraint is told for review; the two-step form is the safe way. Where no row is
/// checked, the partitions have the constraint already.
static bool isDirect(const ConstraintDef &constraint, const Effects &effects) {
  const bool checks_rows =
      constraint.kind == ConstraintKind::check || constraint.kind == ConstraintKind::foreign_key;
  return !(checks_rows && effects.scans.empty()) && !constraint.not_valid &&
         constraint.using_index.empty() && constraint.enforced &&
         constraint.kind != ConstraintKind::not_null;
}

static void check(const AddConstraint &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  if (!table || !op.constraint.enforced)
    return;
  const std::string name = shown(op.target.relation);
  const auto add = [&](std::string message, Severity severity) {
    report.add(op.where, std::move(message))
        .object(fullName(step, op.target.relation))
        .severity(severity)
        .help("deploy writers that meet the constraint first, then add it in a later release");
  };
  for (const std::string &required : requiredBy(op.constraint, *table)) {
    const Column *column = table->findColumn(required);
    if (!column || isFilled(*column, *table, step))
      continue;
    if (step.at.isNew(column->origin))
      return add(format("'{}.{}' is new and may not be null, NOT VALID or not: every INSERT of "
                        "running code leaves it out and fails",
                        name, required),
                 Severity::warning);
    const auto writers = routinesInsertingWithout(step.before(), *table, required);
    if (!writers.empty())
      return add(format("{} inserts into '{}' without '{}', which this constraint forbids, NOT "
                        "VALID or not",
                        listed(namesOf(writers)), name, required),
                 Severity::warning);
  }
  if (op.constraint.kind == ConstraintKind::check && op.constraint.expression)
    if (const Column *column = contradictedDefault(*table, *op.constraint.expression))
      return add(format("the default {} of '{}.{}' violates this CHECK: INSERTs that leave '{}' "
                        "out fail",
                        column->default_value->text, name, column->name, column->name),
                 Severity::warning);
  if (isDirect(op.constraint, step.effects))
    add(format("rows that running code writes to '{}' may violate this constraint: it is enforced "
               "at once",
               name),
        Severity::info);
}

extern constexpr Rule new_constraint_breaks_old_writers{
    .id = "new-constraint-breaks-old-writers",
    .category = Category::compatibility,
    .severity = Severity::info,
    .phase = Phase::expand,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
