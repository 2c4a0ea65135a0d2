#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateTable &op, const Step &step, Report &report) {
  if (op.persistence == Persistence::temporary || op.is_foreign || !op.partition_of.empty() ||
      !op.inherits.empty() || op.partition_by)
    return;
  const Relation *table = step.at.change_set->after.findRelation(op.table);
  if (!table || table->partial || table->primaryKey() || table->is_partition ||
      table->origin.statement != step.at.number)
    return;
  report
      .add(op.where,
           "'{}' has no primary key: logical replication cannot update its rows, and "
           "batches have nothing to go by",
           shown(op.table))
      .object(fullName(step, op.table))
      .help("add PRIMARY KEY");
}

extern constexpr Rule table_without_primary_key{
    .id = "table-without-primary-key",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
