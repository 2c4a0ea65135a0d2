#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Insert &op, const Step &step, Report &report) {
  if (!op.columns.empty() || op.source == InsertSource::default_values)
    return;
  report
      .add(op.where,
           "this INSERT names no columns: it fails or fills the wrong ones once '{}' has "
           "others",
           shown(op.table))
      .object(fullName(step, op.table))
      .help("name the columns");
}

extern constexpr Rule insert_without_column_list{
    .id = "insert-without-column-list",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
