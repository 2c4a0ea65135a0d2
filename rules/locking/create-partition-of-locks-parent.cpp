#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateTable &op, const Step &step, Report &report) {
  if (op.partition_of.empty() ||
      step.effects.lockOn(fullName(step, op.partition_of)) != LockMode::access_exclusive)
    return;
  report
      .add(op.where, "CREATE TABLE … PARTITION OF locks all of '{}'; {}", shown(op.partition_of),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.partition_of))
      .help("CREATE TABLE {} (LIKE {} INCLUDING ALL), then ALTER TABLE … ATTACH PARTITION, which "
            "takes SHARE UPDATE EXCLUSIVE",
            shown(op.table), shown(op.partition_of));
}

extern constexpr Rule create_partition_of_locks_parent{
    .id = "create-partition-of-locks-parent",
    .category = Category::locking,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
