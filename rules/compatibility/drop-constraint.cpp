#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

/// A CHECK that only helped to set a column NOT NULL, which it is now, or to attach a partition
/// without a scan.
static bool isUsedUpHelper(const Constraint &constraint, const Relation &table) {
  if (constraint.kind != ConstraintKind::check || !constraint.expression)
    return false;
  if (table.is_partition)
    return true;
  for (const std::string &name : constraint.columns) {
    const Column *column = table.findColumn(name);
    if (!column || !column->not_null || !provesNotNull(constraint.expression->root, name))
      return false;
  }
  return !constraint.columns.empty();
}

/// True where the change set leaves another constraint of the kind on the same columns, or where
/// one of the columns goes, too.
static bool isReplaced(const Constraint &constraint, const Relation *after) {
  if (!after)
    return true;
  for (const Constraint &other : after->constraints)
    if (other.kind == constraint.kind &&
        (other.columns == constraint.columns || other.name == constraint.name))
      return true;
  for (const std::string &column : constraint.columns)
    if (!after->findColumn(column))
      return true;
  return false;
}

static std::string_view consequence(ConstraintKind kind) {
  switch (kind) {
  case ConstraintKind::check:
    return "rows that it forbids can come in, and code may rely on there being none";
  case ConstraintKind::not_null:
    return "nulls can come in, and code may rely on there being none";
  case ConstraintKind::foreign_key:
    return "rows without a counterpart can come in, and ON DELETE no longer acts";
  case ConstraintKind::unique:
  case ConstraintKind::primary_key:
  case ConstraintKind::exclusion:
    return "duplicates can come in, and code may rely on there being none";
  }
  return {};
}

static void check(const DropConstraint &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Constraint *constraint = table ? table->findConstraint(op.constraint) : nullptr;
  if (!constraint || isUsedUpHelper(*constraint, *table) ||
      isReplaced(*constraint, relationAfter(step, op.target.relation)))
    return;
  report
      .add(op.where, "dropping constraint '{}' of '{}': {}", op.constraint,
           shown(op.target.relation), consequence(constraint->kind))
      .object(fullName(step, op.target.relation, op.constraint))
      .label(constraint->origin, format("'{}' was added here", op.constraint))
      .help("deploy code that does not rely on it first; say why it goes in a comment");
}

static constexpr std::string_view aliases[] = {"atlas:CD101"};

extern constexpr Rule drop_constraint{
    .id = "drop-constraint",
    .category = Category::compatibility,
    .severity = Severity::info,
    .phase = Phase::contract,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
