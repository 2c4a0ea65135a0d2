#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static bool isInvoker(const CreateView &view) {
  for (const Option &option : view.options)
    if (option.name == "security_invoker")
      return option.value != "false" && option.value != "off" && option.value != "0";
  return false;
}

static void check(const CreateView &op, const Step &step, Report &report) {
  if (!supports(report.postgres(), Feature::security_invoker_views) || isInvoker(op))
    return;
  for (const RelationUse &use : op.query.relations) {
    const Relation *table = step.at.change_set->after.findRelation(use.name);
    if (!table || !table->row_security)
      continue;
    report
        .add(op.where,
             "view '{}' reads '{}' with its owner's rights: the table's row level security "
             "does not hold for who reads the view",
             shown(op.view), shown(*table))
        .object(fullName(step, op.view))
        .help("CREATE VIEW … WITH (security_invoker = true)");
    return;
  }
}

extern constexpr Rule security_definer_view{
    .id = "security-definer-view",
    .category = Category::security,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
