#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void reportScan(Range where, const QualifiedName &partition, const Step &step,
                       Report &report) {
  for (const Scan &scan : step.effects.scans) {
    if (scan.reason != ScanReason::default_partition_bound)
      continue;
    report
        .add(where,
             "a new partition '{}' makes the server read all of the default partition '{}'; {}",
             shown(partition), shown(scan.relation),
             lockPhrase(step.at, LockMode::access_exclusive))
        .object(scan.relation.name)
        .help("before, add a CHECK that excludes the new bound to '{}' NOT VALID and validate it",
              shown(scan.relation));
    return;
  }
}

static void checkAttach(const AttachPartition &op, const Step &step, Report &report) {
  reportScan(op.where, op.partition, step, report);
}

static void checkCreate(const CreateTable &op, const Step &step, Report &report) {
  if (!op.partition_of.empty())
    reportScan(op.where, op.table, step, report);
}

extern constexpr Rule attach_with_default_partition{
    .id = "attach-with-default-partition",
    .category = Category::locking,
    .severity = Severity::error,
    .checks = {on<&checkAttach>, on<&checkCreate>},
};

} // namespace lockstep::rules
