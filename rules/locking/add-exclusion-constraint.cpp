#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AddConstraint &op, const Step &step, Report &report) {
  if (op.constraint.kind != ConstraintKind::exclusion)
    return;
  if (step.effects.index_builds.empty() && step.effects.scans.empty())
    return;
  report
      .add(op.constraint.where, "adding EXCLUDE builds its index over all of '{}'; {}",
           shown(op.target.relation), lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation))
      .help("there is no way to add it without the lock: create a table with the constraint, copy "
            "the rows in batches, swap; or let a trigger check until then");
}

static constexpr std::string_view aliases[] = {"eugene:E8", "pgls:avoidAddingExclusionConstraint",
                                               "strong_migrations:add_exclusion_constraint"};

extern constexpr Rule add_exclusion_constraint{
    .id = "add-exclusion-constraint",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
