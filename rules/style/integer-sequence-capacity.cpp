#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateSequence &op, const Step &step, Report &report) {
  bool small = isBuiltin(op.type, "int4") || isBuiltin(op.type, "int2");
  if (!small)
    return;
  for (const Option &option : op.options)
    if (option.name == "cycle" && option.value != "false")
      return;
  report
      .add(op.where, "sequence '{}' ends at {}", shown(op.sequence),
           isBuiltin(op.type, "int2") ? "32767" : "2147483647")
      .object(fullName(step, op.sequence))
      .help("AS bigint, which is the default");
}

extern constexpr Rule integer_sequence_capacity{
    .id = "integer-sequence-capacity",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
