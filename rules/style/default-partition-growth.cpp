#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateTable &op, const Step &step, Report &report) {
  if (op.bound && op.bound->is_default)
    report
        .add(op.where,
             "rows without a partition of their own gather in '{}': each new partition of "
             "'{}' reads all of them",
             shown(op.table), shown(op.partition_of))
        .object(fullName(step, op.table))
        .help("make partitions ahead of time, and keep the default one empty");
}

extern constexpr Rule default_partition_growth{
    .id = "default-partition-growth",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
