#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateRule &op, const Step &step, Report &report) {
  if (op.event != "select")
    report
        .add(op.where,
             "rule '{}' changes what writes of '{}' mean, once for each statement and not "
             "for each row",
             op.name, shown(op.table))
        .object(fullName(step, op.table))
        .help("a trigger");
}

extern constexpr Rule create_rule{
    .id = "create-rule",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
