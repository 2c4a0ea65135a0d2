#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const ValidateConstraint &op, const Step &step, Report &report) {
  if (step.effects.scans.empty())
    return;
  const std::string table = fullName(step, op.target.relation);
  // One ALTER TABLE takes the strongest lock that any of its actions needs.
  if (LockMode own = step.at.effects.total().lockOn(table); own >= LockMode::share) {
    report
        .add(op.where,
             "validating '{}' reads all of '{}' under the {} that another action of this ALTER "
             "TABLE takes, which blocks {} {}",
             op.constraint, shown(op.target.relation), sqlName(own), blockedBy(own),
             heldUntil(step.at))
        .object(table)
        .help("put VALIDATE CONSTRAINT in a migration of its own, so that it takes only SHARE "
              "UPDATE EXCLUSIVE");
    return;
  }
  if (step.at.in_transaction != Certainty::yes)
    return;
  const HeldLock *held = step.at.transaction->heldBefore(step.at.number, table, LockMode::share);
  if (!held)
    return;
  report
      .add(op.where,
           "validating '{}' reads all of '{}' while this transaction still holds {} on it, "
           "which blocks {} {}",
           op.constraint, shown(op.target.relation), sqlName(held->mode), blockedBy(held->mode),
           heldUntil(step.at))
      .object(table)
      .help("put VALIDATE CONSTRAINT in a migration of its own, so that it takes only SHARE UPDATE "
            "EXCLUSIVE");
}

static constexpr std::string_view aliases[] = {
    "pgls:requireSeparateConstraintValidation", "squawk:constraint-missing-not-valid",
    "strong_migrations:validate_foreign_key", "strong_migrations:validate_check_constraint"};
static constexpr std::string_view weaker[] = {"statement-after-access-exclusive"};

extern constexpr Rule validate_in_same_transaction{
    .id = "validate-in-same-transaction",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .aliases = aliases,
    .supersedes = weaker,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
