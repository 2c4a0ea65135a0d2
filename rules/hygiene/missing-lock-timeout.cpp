#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

static bool setsTimeout(const StatementStep &step) {
  for (const Op &op : step.statement->ops)
    if (const auto *set = std::get_if<SetVariable>(&op); set && set->name == "lock_timeout")
      return true;
  return false;
}

namespace {
/// The first statement of a file that waits for its lock without a limit.
struct FirstWait {
  const MigrationFile *file = nullptr;
  const StatementStep *step = nullptr;
  bool sets_timeout = false; ///< lock-timeout-not-in-effect has more to say.
};
} // namespace

static void reportFile(const FirstWait &wait, Report &report) {
  if (!wait.step || wait.sets_timeout)
    return;
  const StatementStep &step = *wait.step;
  const HeldLock *lock = blockingLockOf(step);
  bool open = step.in_transaction == Certainty::yes && !step.embedded;
  std::string_view set = open ? "SET LOCAL lock_timeout = '5s';" : "SET lock_timeout = '5s';";
  const std::string table = shown(lock->relation);
  const Range at = step.enclosing ? step.enclosing->statement->range : step.statement->range;
  report
      .addAt(step, step.statement->range,
             format("this waits for {} on '{}' without a limit; while it waits, all that comes "
                    "after it on '{}' waits, too",
                    sqlName(lock->mode), table, table))
      .object(lock->relation.name)
      .help("{} before it, and try again when it gives up", set)
      .fix("limit the wait for locks", FixSafety::unsafe,
           {{at.begin, at.begin}, std::string(set) + "\n"});
}

static void check(const ChangeSet &change_set, Report &report) {
  FirstWait wait;
  for (const StatementStep &step : change_set.statements) {
    if (step.file != wait.file) {
      reportFile(wait, report);
      wait = {};
      wait.file = step.file;
    }
    wait.sets_timeout = wait.sets_timeout || setsTimeout(step);
    // What runs outside of transactions waits in steps of its own, and a limit breaks it halfway.
    if (!wait.step && step.effects.total().in_transaction && blockingLockOf(step) &&
        !timeoutAt(step.before, "lock_timeout").limits())
      wait.step = &step;
  }
  reportFile(wait, report);
}

static constexpr std::string_view aliases[] = {"squawk:require-timeout-settings",
                                               "squawk:require-lock-timeout",
                                               "pgls:lockTimeoutWarning", "eugene:E9"};

extern constexpr Rule missing_lock_timeout{
    .id = "missing-lock-timeout",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
