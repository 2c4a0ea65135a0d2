#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/sync.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

static void check(const CreateTrigger &op, const Step &step, Report &report) {
  if (op.timing == 'i' || !blockingLockOf(step.at) || isSyncTrigger(op, step.before()) ||
      timeoutAt(step.before(), "lock_timeout").limits())
    return;
  report
      .add(op.where,
           "creating trigger '{}' locks '{}'; {}; from then on each write of running code pays for "
           "it",
           op.name, shown(op.table), lockPhrase(step.at, LockMode::share_row_exclusive))
      .object(fullName(step, op.table))
      .help("SET lock_timeout before it, and put it in a transaction of its own");
}

static constexpr std::string_view aliases[] = {"pgls:avoidCreateTrigger"};

extern constexpr Rule create_trigger{
    .id = "create-trigger",
    .category = Category::locking,
    .severity = Severity::warning,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
