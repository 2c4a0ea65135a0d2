#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &, Report &report) {
  if (op.kind != ObjectKind::sequence)
    return;
  report
      .add(op.where,
           "dropping sequence '{}' loses its last value and breaks code that calls nextval on it",
           op.name.name)
      .object(sqlName(op.name))
      .help("stop using '{}' in code, deploy, and drop it in a later release", op.name.name);
}

extern constexpr Rule drop_sequence{
    .id = "drop-sequence",
    .category = Category::data_loss,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
