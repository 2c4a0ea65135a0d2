#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

#include <algorithm>

namespace lockstep::rules {

/// What the statement locks of both tables: another action of it may need more than the key does.
static std::string locksPhrase(const QualifiedName &table, const QualifiedName &referenced,
                               const Step &step) {
  const Effects &effects = step.at.effects.total();
  const auto modeOn = [&](const QualifiedName &name) {
    return std::max(effects.lockOn(fullName(step, name)), LockMode::share_row_exclusive);
  };
  const LockMode own = modeOn(table);
  const LockMode other = modeOn(referenced);
  const std::string_view until = heldUntil(step.at);
  if (own == other)
    return own == LockMode::share_row_exclusive
               ? format("{} blocks writes to it and to '{}' {}", sqlName(own), shown(referenced),
                        until)
               : format("{} blocks {} of it and of '{}' {}", sqlName(own), blockedBy(own),
                        shown(referenced), until);
  return format("{} blocks {} of it, and {} blocks {} of '{}', {}", sqlName(own), blockedBy(own),
                sqlName(other), blockedBy(other), shown(referenced), until);
}

/// The table that the key references, if its rows are read, too.
static void reportScan(const QualifiedName &table, const ConstraintDef &constraint,
                       const Step &step, Report &report) {
  if (!scanBelow(step, table, ScanReason::foreign_key))
    return;
  const Relation *relation = step.before().findRelation(table);
  bool partitioned = relation && relation->kind == RelationKind::partitioned_table;
  FindingBuilder finding =
      report.add(constraint.where, "adding this foreign key checks every row of '{}'; {}",
                 shown(table), locksPhrase(table, constraint.referenced, step));
  finding.object(fullName(step, table)).object(fullName(step, constraint.referenced));
  if (partitioned && !supports(report.postgres(), Feature::not_valid_partitioned_foreign_key))
    finding.help(
        "add it NOT VALID on each partition and validate it there first: before PostgreSQL "
        "18 a partitioned table takes no NOT VALID foreign key");
  else
    finding.help("add it NOT VALID, then VALIDATE CONSTRAINT in a later transaction");
  if (!constraint.is_inline && !step.at.embedded &&
      (!partitioned || supports(report.postgres(), Feature::not_valid_partitioned_foreign_key)))
    finding.fix("add it NOT VALID", FixSafety::unsafe,
                {{constraint.where.end, constraint.where.end}, " NOT VALID"});
}

static void checkConstraint(const AddConstraint &op, const Step &step, Report &report) {
  if (op.constraint.kind == ConstraintKind::foreign_key)
    reportScan(op.target.relation, op.constraint, step, report);
}

static void checkColumn(const AddColumn &op, const Step &step, Report &report) {
  for (const ConstraintDef &constraint : op.column.constraints)
    if (constraint.kind == ConstraintKind::foreign_key)
      reportScan(op.target.relation, constraint, step, report);
}

static constexpr std::string_view aliases[] = {"squawk:adding-foreign-key-constraint",
                                               "pgls:addingForeignKeyConstraint",
                                               "eugene:E1",
                                               "atlas:PG306",
                                               "strong_migrations:add_foreign_key",
                                               "squawk:constraint-missing-not-valid",
                                               "pgls:constraintMissingNotValid",
                                               "strong_migrations:add_reference"};

extern constexpr Rule add_foreign_key_without_not_valid{
    .id = "add-foreign-key-without-not-valid",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&checkConstraint>, on<&checkColumn>},
};

} // namespace lockstep::rules
