#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateTableAs &op, const Step &step, Report &report) {
  if (op.is_materialized_view || op.persistence == Persistence::temporary || !op.with_data ||
      step.effects.scans.empty())
    return;
  report
      .add(op.where,
           "this copies '{}' in one statement: it runs as long as the table is large, and "
           "'{}' gets no key, default, index or grant",
           shown(step.effects.scans.front().relation), shown(op.table))
      .object(fullName(step, op.table))
      .help("CREATE TABLE (LIKE … INCLUDING ALL), then copy the rows in batches that commit");
}

extern constexpr Rule create_table_as{
    .id = "create-table-as",
    .category = Category::locking,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
