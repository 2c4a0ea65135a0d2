#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AlterTableSetting &op, const Step &step, Report &report) {
  if (op.setting != TableSetting::enable_row_security)
    return;
  const Relation *table = step.at.change_set->after.findRelation(op.target.relation);
  if (!table || table->partial || !table->row_security || !table->policies.empty())
    return;
  report
      .add(op.where,
           "'{}' has row level security and no policy: roles other than its owner see no "
           "row of it",
           shown(op.target.relation))
      .object(fullName(step, op.target.relation))
      .help("CREATE POLICY in the same deploy, before the code needs it");
}

extern constexpr Rule rls_enabled_no_policy{
    .id = "rls-enabled-no-policy",
    .category = Category::security,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
