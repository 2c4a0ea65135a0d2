#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const GivenType &given : typesGivenBy(step.op)) {
    if (!(isBuiltin(*given.type, "float4") || isBuiltin(*given.type, "float8")))
      continue;
    FindingBuilder finding = report.add(
        given.where, "'{}.{}' is a floating point number: sums of it depend on their order",
        shown(*given.table), given.column);
    finding.object(fullName(step, *given.table, given.column))
        .help("numeric where values are counted or paid");
  }
}

extern constexpr Rule float_column{
    .id = "float-column",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .checks = onGiving<&check, Gives::columns, Gives::type>,
};

} // namespace lockstep::rules
