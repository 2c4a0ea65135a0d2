#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

namespace lockstep::rules {

static void reportScan(const QualifiedName &table, const ConstraintDef &constraint,
                       std::string_view help, const Step &step, Report &report) {
  FindingBuilder finding =
      report.add(constraint.where, "adding this CHECK reads all of '{}'; {}", shown(table),
                 lockPhrase(step.at, LockMode::access_exclusive));
  finding.object(fullName(step, table)).help("{}", help);
  if (!constraint.is_inline && !step.at.embedded)
    finding.fix("add it NOT VALID", FixSafety::unsafe,
                {{constraint.where.end, constraint.where.end}, " NOT VALID"});
}

static void checkConstraint(const AddConstraint &op, const Step &step, Report &report) {
  if (op.constraint.kind == ConstraintKind::check &&
      scanBelow(step, op.target.relation, ScanReason::check))
    reportScan(op.target.relation, op.constraint,
               "add it NOT VALID, then VALIDATE CONSTRAINT in a later transaction", step, report);
}

/// A table is read once for all constraints of a new column, of which one stands as the reason.
static bool isRead(const QualifiedName &table, const Step &step) {
  return scanBelow(step, table, ScanReason::check) ||
         scanBelow(step, table, ScanReason::foreign_key) ||
         scanBelow(step, table, ScanReason::index_build);
}

static void checkColumn(const AddColumn &op, const Step &step, Report &report) {
  for (const ConstraintDef &constraint : op.column.constraints)
    if (constraint.kind == ConstraintKind::check && constraint.enforced &&
        isRead(op.target.relation, step))
      reportScan(
          op.target.relation, constraint,
          "add the column alone, then the CHECK as a constraint NOT VALID, and validate it in "
          "a later transaction",
          step, report);
}

static constexpr std::string_view aliases[] = {
    "squawk:constraint-missing-not-valid", "pgls:constraintMissingNotValid", "eugene:E1",
    "atlas:PG305", "strong_migrations:add_check_constraint"};

extern constexpr Rule add_check_without_not_valid{
    .id = "add-check-without-not-valid",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&checkConstraint>, on<&checkColumn>},
};

} // namespace lockstep::rules
