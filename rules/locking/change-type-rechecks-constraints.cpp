#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

static void check(const AlterColumnType &op, const Step &step, Report &report) {
  if (!step.effects.rewrites.empty())
    return;
  std::vector<std::string> constraints;
  for (const Scan &scan : step.effects.scans)
    if ((scan.reason == ScanReason::check || scan.reason == ScanReason::foreign_key) &&
        !scan.constraint.empty() &&
        std::find(constraints.begin(), constraints.end(), scan.constraint) == constraints.end())
      constraints.push_back(scan.constraint);
  if (constraints.empty())
    return;
  report
      .add(op.where,
           "this change of '{}.{}' keeps the table's rows but checks {} against all of them; {}",
           shown(op.target.relation), op.column, listed(constraints),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation, op.column))
      .help("drop the constraint, change the type, add it again NOT VALID, and VALIDATE it in a "
            "later transaction");
}

extern constexpr Rule change_type_rechecks_constraints{
    .id = "change-type-rechecks-constraints",
    .category = Category::locking,
    .severity = Severity::warning,
    .phase = Phase::migrate,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
