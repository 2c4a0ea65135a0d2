#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Cluster &op, const Step &step, Report &report) {
  std::string table =
      op.table.empty() ? "every table clustered before" : format("'{}'", shown(op.table));
  FindingBuilder finding =
      report.add(op.where, "CLUSTER writes {} anew in the order of an index; {}", table,
                 lockPhrase(step.at, LockMode::access_exclusive));
  if (!op.table.empty())
    finding.object(fullName(step, op.table));
  finding.help("leave it out of the migration; pg_repack sorts a table without the lock");
}

static constexpr std::string_view aliases[] = {"squawk:prefer-repack"};

extern constexpr Rule cluster{
    .id = "cluster",
    .category = Category::locking,
    .severity = Severity::error,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
