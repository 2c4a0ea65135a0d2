#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreatePolicy &op, const Step &step, Report &report) {
  const Relation *table = step.at.change_set->after.findRelation(op.table);
  if (!table || table->partial || table->row_security)
    return;
  report
      .add(op.where, "policy '{}' has no effect: row level security of '{}' is not enabled",
           op.name, shown(op.table))
      .object(fullName(step, op.table))
      .help("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", shown(op.table));
}

extern constexpr Rule policy_without_rls{
    .id = "policy-without-rls",
    .category = Category::security,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
