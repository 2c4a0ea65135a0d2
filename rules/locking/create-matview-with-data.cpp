#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateTableAs &op, const Step &step, Report &report) {
  if (!op.is_materialized_view || !op.with_data || step.effects.scans.empty())
    return;
  report
      .add(op.where,
           "creating '{}' runs its query over '{}' inside the migration, and DDL on what "
           "it reads waits until it is done",
           shown(op.table), shown(step.effects.scans.front().relation))
      .object(fullName(step, op.table))
      .help("CREATE MATERIALIZED VIEW … WITH NO DATA, then REFRESH outside the migration");
}

extern constexpr Rule create_matview_with_data{
    .id = "create-matview-with-data",
    .category = Category::locking,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
