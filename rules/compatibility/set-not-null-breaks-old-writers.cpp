#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "evolve/routine_use.hpp"

#include <algorithm>

namespace lockstep::rules {

/// True where a CHECK that an earlier unit added forbids nulls in new rows already, valid or not.
static bool isForbiddenAlready(const Relation &table, std::string_view column, const Step &step) {
  for (const Constraint &constraint : table.constraints) {
    bool proves =
        constraint.enforced &&
        ((constraint.kind == ConstraintKind::check && constraint.expression &&
          provesNotNull(constraint.expression->root, column)) ||
         (constraint.kind == ConstraintKind::not_null && constraint.columns.front() == column));
    if (!proves)
      continue;
    bool in_unit = false;
    for (const StatementStep &each : step.at.change_set->statements)
      in_unit = in_unit || (each.number == constraint.origin.statement &&
                            each.unit_number == step.at.unit_number);
    if (!in_unit)
      return true;
  }
  return false;
}

static bool hasValue(const Column &column, const Catalog &catalog) {
  if (column.default_value || column.identity != Identity::none ||
      column.generated != Generated::none)
    return true;
  const Type *type = catalog.type(column.type_id);
  return type && type->kind == TypeKind::domain && type->default_value;
}

static void reportColumn(const AlterTarget &target, std::string_view column_name, Range where,
                         const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(target.relation);
  const Column *column = table ? table->findColumn(column_name) : nullptr;
  if (!column || column->not_null || hasValue(*column, step.before()) ||
      isForbiddenAlready(*table, column_name, step))
    return;
  const Column *after = columnAfter(step, target.relation, column_name);
  const Relation *left = relationAfter(step, target.relation);
  if (!after || !after->not_null || hasValue(*after, catalogAfter(step)) ||
      triggerFilling(catalogAfter(step), *left, column_name))
    return;
  bool is_new = step.at.isNew(column->origin);
  FindingBuilder finding = report.add(
      where,
      is_new
          ? "'{}.{}' is new and required: every INSERT of running code leaves it out and fails"
          : "INSERTs of running code that leave '{}.{}' out, or set it to null, fail from now on",
      shown(target.relation), column_name);
  finding.object(fullName(step, target.relation, column_name))
      .label(column->origin, format("'{}' was defined here", column_name))
      .help("deploy writers that always fill '{}', or give it a DEFAULT; set NOT NULL in a later "
            "release",
            column_name);
}

static void checkSet(const SetNotNull &op, const Step &step, Report &report) {
  reportColumn(op.target, op.column, op.where, step, report);
}

/// True where another action of the statement says SET NOT NULL of the column.
static bool isSetBeside(std::string_view column, const Step &step) {
  const std::vector<Op> &ops = step.at.statement->ops;
  return std::any_of(ops.begin(), ops.end(), [&](const Op &op) {
    const auto *set = std::get_if<SetNotNull>(&op);
    return set && set->column == column;
  });
}

static void checkConstraint(const AddConstraint &op, const Step &step, Report &report) {
  if (op.constraint.kind == ConstraintKind::not_null && !op.constraint.not_valid &&
      !op.constraint.columns.empty())
    reportColumn(op.target, op.constraint.columns.front(), op.where, step, report);
  if (op.constraint.kind != ConstraintKind::primary_key)
    return;
  const auto checkKey = [&](const std::string &column) {
    if (!isSetBeside(column, step))
      reportColumn(op.target, column, op.where, step, report);
  };
  std::for_each(op.constraint.columns.begin(), op.constraint.columns.end(), checkKey);
  const Relation *index =
      op.constraint.using_index.empty()
          ? nullptr
          : step.before().findRelation({op.target.relation.schema, op.constraint.using_index, {}});
  if (index && index->index)
    for (const IndexElement &element : index->index->elements)
      checkKey(element.column);
}

static constexpr std::string_view aliases[] = {"atlas:MF104"};

extern constexpr Rule set_not_null_breaks_old_writers{
    .id = "set-not-null-breaks-old-writers",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&checkSet>, on<&checkConstraint>},
};

} // namespace lockstep::rules
