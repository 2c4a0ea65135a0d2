#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const ValidateConstraint &op, const Step &step, Report &report) {
  if (step.at.in_transaction != Certainty::yes || step.effects.scans.empty())
    return;
  const HeldLock *held = step.at.transaction->heldBefore(
      step.at.number, fullName(step, op.target.relation), LockMode::share);
  if (!held)
    return;
  report
      .add(op.where,
           "validating '{}' reads all of '{}' while this transaction still holds {} on it, "
           "which blocks {} {}",
           op.constraint, shown(op.target.relation), sqlName(held->mode), blockedBy(held->mode),
           heldUntil(step.at))
      .object(fullName(step, op.target.relation))
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
