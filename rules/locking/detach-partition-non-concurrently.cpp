#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const DetachPartition &op, const Step &step, Report &report) {
  if (op.concurrently || op.finalize)
    return;
  const Relation *parent = step.before().findRelation(op.target.relation);
  const Relation *fallback = parent ? step.before().defaultPartition(*parent) : nullptr;
  FindingBuilder finding =
      report.add(op.where, "detaching '{}' locks all of '{}'; {}", shown(op.partition),
                 shown(op.target.relation), lockPhrase(step.at, LockMode::access_exclusive));
  finding.object(fullName(step, op.target.relation)).object(fullName(step, op.partition));
  if (fallback)
    finding.help("CONCURRENTLY is refused while '{}' has the default partition '{}': set a short "
                 "lock_timeout and try again until it succeeds",
                 shown(op.target.relation), shown(*fallback));
  else
    finding.help("DETACH PARTITION {} CONCURRENTLY{}", shown(op.partition),
                 outsideTransaction(step.at));
  const uint32_t end = step.at.statement->range.end;
  if (!fallback && !step.at.embedded && step.at.in_transaction != Certainty::yes &&
      step.at.statement->ops.size() == 1)
    finding.fix("detach concurrently", FixSafety::unsafe, {{end, end}, " CONCURRENTLY"});
}

static constexpr std::string_view aliases[] = {"squawk:require-concurrent-partition-detach",
                                               "pgls:requireConcurrentDetachPartition"};

extern constexpr Rule detach_partition_non_concurrently{
    .id = "detach-partition-non-concurrently",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
