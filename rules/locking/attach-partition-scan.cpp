#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// An index of the partitioned table that the partition has no match for is built then and there.
static void reportIndexes(const AttachPartition &op, const Step &step, Report &report) {
  if (op.target.kind == ObjectKind::index || step.effects.index_builds.empty())
    return;
  std::vector<std::string> names;
  for (const IndexBuild &build : step.effects.index_builds)
    names.push_back(shown(build.index));
  report
      .add(op.where, "attaching '{}' builds {} over it; {}", shown(op.partition), listed(names),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.partition))
      .help("before, build the indexes of '{}' CONCURRENTLY on '{}': ATTACH takes them over",
            shown(op.target.relation), shown(op.partition));
}

static void check(const AttachPartition &op, const Step &step, Report &report) {
  const auto &scans = step.effects.scans;
  bool reads = std::any_of(scans.begin(), scans.end(), [](const Scan &scan) {
    return scan.reason == ScanReason::partition_bound;
  });
  if (!reads) {
    reportIndexes(op, step, report);
    return;
  }
  std::vector<std::string> along;
  for (const Lock &lock : step.effects.locks)
    if (lock.reason == LockReason::referenced && lock.mode == LockMode::access_exclusive)
      along.push_back(shown(lock.relation));
  report
      .add(op.where, "attaching '{}' reads all of it to check the bound; {}{}", shown(op.partition),
           lockPhrase(step.at, LockMode::access_exclusive),
           along.empty() ? std::string()
                         : format("; it is also taken on {}, which its foreign keys reference",
                                  listed(along)))
      .object(fullName(step, op.partition))
      .help("before, add a CHECK that says the bound (and NOT NULL) to '{}' NOT VALID and validate "
            "it; drop it after ATTACH",
            shown(op.partition));
}

static constexpr std::string_view aliases[] = {"pgls:avoidAttachingPartition"};

extern constexpr Rule attach_partition_scan{
    .id = "attach-partition-scan",
    .category = Category::locking,
    .severity = Severity::error,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
