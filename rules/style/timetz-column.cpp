#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const GivenType &given : typesGivenBy(step.op)) {
    if (!isBuiltin(*given.type, "timetz"))
      continue;
    FindingBuilder finding = report.add(
        given.where, "'{}.{}' is timetz: an offset without a day does not tell the moment",
        shown(*given.table), given.column);
    finding.object(fullName(step, *given.table, given.column)).help("timestamptz, or time");
  }
}

extern constexpr Rule timetz_column{
    .id = "timetz-column",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::all,
    .checks = onGiving<&check, Gives::columns, Gives::type>,
};

} // namespace lockstep::rules
