#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const GivenType &given : typesGivenBy(step.op)) {
    if (!((isBuiltin(*given.type, "timestamp") || isBuiltin(*given.type, "timestamptz")) &&
          !given.type->modifiers.empty()))
      continue;
    FindingBuilder finding = report.add(
        given.where,
        "'{}.{}' has a precision: values are rounded, also up to a moment that is not yet",
        shown(*given.table), given.column);
    finding.object(fullName(step, *given.table, given.column)).help("leave the precision out");
  }
}

extern constexpr Rule timestamp_precision{
    .id = "timestamp-precision",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::all,
    .checks = onGiving<&check, Gives::columns, Gives::type>,
};

} // namespace lockstep::rules
