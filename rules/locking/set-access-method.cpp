#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AlterTableSetting &op, const Step &step, Report &report) {
  if (op.setting != TableSetting::access_method)
    return;
  const Rewrite *rewrite = step.effects.rewriteOf(fullName(step, op.target.relation));
  if (!rewrite || rewrite->reason != RewriteReason::access_method)
    return;
  report
      .add(op.where, "SET ACCESS METHOD writes '{}' anew, with all indexes; {}",
           shown(op.target.relation), lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation))
      .help("create a table with the method, copy the rows in batches, then swap the names");
}

extern constexpr Rule set_access_method{
    .id = "set-access-method",
    .category = Category::locking,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
