#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const GivenType &given : typesGivenBy(step.op)) {
    if (!isBuiltin(*given.type, "money"))
      continue;
    FindingBuilder finding = report.add(
        given.where, "'{}.{}' is money: its text and precision depend on the setting lc_monetary",
        shown(*given.table), given.column);
    finding.object(fullName(step, *given.table, given.column)).help("numeric");
    finding.fix("use numeric", FixSafety::unsafe, {given.type->where, "numeric"});
  }
}

extern constexpr Rule money_column{
    .id = "money-column",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .checks = onGiving<&check, Gives::columns, Gives::type>,
};

} // namespace lockstep::rules
