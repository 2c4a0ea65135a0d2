#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

namespace lockstep::rules {

/// True where the change set validated a constraint before that the history does not show: it may
/// be the CHECK that spares the scan.
static bool mayBeProved(const QualifiedName &table, const Step &step) {
  for (const StatementStep &earlier : step.at.change_set->statements) {
    if (earlier.number >= step.at.number)
      break;
    for (const Op &op : earlier.statement->ops) {
      const auto *validate = std::get_if<ValidateConstraint>(&op);
      if (!validate || !(validate->target.relation == table))
        continue;
      const Relation *relation = earlier.before.findRelation(table);
      const Constraint *known = relation ? relation->findConstraint(validate->constraint) : nullptr;
      if (!known || (known->kind == ConstraintKind::check && !known->expression))
        return true;
    }
  }
  return false;
}

static void reportScan(const AlterTarget &target, std::string_view column, Range where,
                       const Step &step, Report &report) {
  if (!scanBelow(step, target.relation, ScanReason::not_null))
    return;
  std::string table = shown(target.relation);
  std::string help =
      supports(report.postgres(), Feature::not_valid_not_null)
          ? format("ALTER TABLE {} ADD CONSTRAINT {}_{}_not_null NOT NULL {} NOT VALID, then "
                   "VALIDATE CONSTRAINT in a later transaction",
                   table, target.relation.name, column, quoteIdentifier(column))
          : format("add CHECK ({} IS NOT NULL) NOT VALID, validate it in a later transaction, then "
                   "SET NOT NULL and drop the CHECK",
                   quoteIdentifier(column));
  FindingBuilder finding =
      report.add(where, "setting '{}.{}' NOT NULL reads the whole table; {}", table, column,
                 lockPhrase(step.at, LockMode::access_exclusive));
  finding.object(fullName(step, target.relation, column)).help("{}", help);
  if (mayBeProved(target.relation, step))
    finding.severity(Severity::warning)
        .assuming("the constraint that was validated before does not say that the column is NOT "
                  "NULL");
}

static void checkSet(const SetNotNull &op, const Step &step, Report &report) {
  reportScan(op.target, op.column, op.where, step, report);
}

static void checkConstraint(const AddConstraint &op, const Step &step, Report &report) {
  if (op.constraint.kind == ConstraintKind::not_null && !op.constraint.columns.empty())
    reportScan(op.target, op.constraint.columns.front(), op.where, step, report);
}

static constexpr std::string_view aliases[] = {
    "squawk:adding-not-nullable-field", "pgls:addingNotNullField", "eugene:E2", "atlas:PG303",
    "strong_migrations:change_column_null"};

extern constexpr Rule set_not_null_scan{
    .id = "set-not-null-scan",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&checkSet>, on<&checkConstraint>},
};

} // namespace lockstep::rules
