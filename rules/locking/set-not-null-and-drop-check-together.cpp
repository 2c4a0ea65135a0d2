#include "effects/facts/not_null_proof.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "rules/locking/table_effect.hpp"

namespace lockstep::rules {

/// The CHECK that the same statement drops and that would have spared the scan.
static const Constraint *droppedProof(const SetNotNull &op, const Step &step) {
  const Relation *table = step.before().findRelation(op.target.relation);
  if (!table)
    return nullptr;
  for (const Op &other : step.at.statement->ops) {
    const auto *drop = std::get_if<DropConstraint>(&other);
    const Constraint *check = drop ? table->findConstraint(drop->constraint) : nullptr;
    if (check && check->valid && check->expression &&
        impliesNotNull(check->expression->root, op.column))
      return check;
  }
  return nullptr;
}

static void check(const SetNotNull &op, const Step &step, Report &report) {
  if (!scanBelow(step, op.target.relation, ScanReason::not_null))
    return;
  const Constraint *proof = droppedProof(op, step);
  if (!proof)
    return;
  report
      .add(op.where,
           "dropping '{}' in the same ALTER TABLE takes away the proof: setting '{}' NOT NULL "
           "reads all of '{}'; {}",
           proof->name, op.column, shown(op.target.relation),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation, op.column))
      .label(proof->origin, format("'{}' was added here", proof->name))
      .help("two statements: SET NOT NULL first, then DROP CONSTRAINT {}",
            quoteIdentifier(proof->name));
}

static constexpr std::string_view weaker[] = {"set-not-null-scan"};

extern constexpr Rule set_not_null_and_drop_check_together{
    .id = "set-not-null-and-drop-check-together",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::contract,
    .supersedes = weaker,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
