#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AlterTableSetting &op, const Step &step, Report &report) {
  if (op.setting != TableSetting::logged && op.setting != TableSetting::unlogged)
    return;
  const Rewrite *rewrite = step.effects.rewriteOf(fullName(step, op.target.relation));
  if (!rewrite || rewrite->reason != RewriteReason::persistence)
    return;
  bool logged = op.setting == TableSetting::logged;
  report
      .add(op.where, "{} writes '{}' anew, with all indexes{}; {}",
           logged ? "SET LOGGED" : "SET UNLOGGED", shown(op.target.relation),
           logged ? " and all of it to the WAL" : "",
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation))
      .help("create a table of the wanted kind, copy the rows in batches, then swap the names");
}

extern constexpr Rule set_logged_unlogged{
    .id = "set-logged-unlogged",
    .category = Category::locking,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
