#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const AddedConstraint &added : constraintsAddedBy(step.op))
    if (added.constraint->kind == ConstraintKind::foreign_key && added.constraint->on_delete == 'c')
      report
          .add(added.constraint->where, "a DELETE in '{}' also deletes rows of '{}', however many",
               shown(added.constraint->referenced), shown(*added.table))
          .object(fullName(step, *added.table))
          .help("delete the rows in batches first");
}

extern constexpr Rule on_delete_cascade{
    .id = "on-delete-cascade",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .checks = onGiving<&check, Gives::columns, Gives::constraint>,
};

} // namespace lockstep::rules
