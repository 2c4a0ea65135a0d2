#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const AddedConstraint &added : constraintsAddedBy(step.op))
    if (!added.constraint->enforced)
      report
          .add(added.constraint->where,
               "this constraint of '{}' is NOT ENFORCED: it describes the "
               "rows and checks none",
               shown(*added.table))
          .object(fullName(step, *added.table))
          .help("NOT VALID checks new rows and can be validated later");
}

extern constexpr Rule not_enforced_constraint{
    .id = "not-enforced-constraint",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .checks = onGiving<&check, Gives::columns, Gives::constraint>,
};

} // namespace lockstep::rules
