#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &, Report &report) {
  if (op.kind != ObjectKind::extension)
    return;
  report
      .add(op.where,
           "dropping extension '{}' drops its functions, types and operators, which code may use",
           op.name.name)
      .object(sqlName(op.name))
      .help("stop using '{}' in code and in the schema, deploy, and drop it in a later release",
            op.name.name);
}

extern constexpr Rule drop_extension{
    .id = "drop-extension",
    .category = Category::data_loss,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
