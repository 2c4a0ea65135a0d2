#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const AddedColumn &added : columnsAddedBy(step.op))
    if ((isBuiltin(added.column->type, "bool") || isBuiltin(added.column->type, "boolean")) &&
        !added.column->not_null)
      report
          .add(added.column->where, "'{}.{}' has three values: true, false and null",
               shown(*added.table), added.column->name)
          .object(fullName(step, *added.table, added.column->name))
          .help("NOT NULL DEFAULT false");
}

extern constexpr Rule nullable_boolean{
    .id = "nullable-boolean",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .checks = onGiving<&check, Gives::columns>,
};

} // namespace lockstep::rules
