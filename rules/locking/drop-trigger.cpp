#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::trigger || !blockingLockOf(step.at) ||
      timeoutAt(step.before(), "lock_timeout").limits())
    return;
  report
      .add(op.where, "dropping trigger '{}' locks '{}'; {}", op.name.name, shown(op.on_table),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.on_table))
      .help("SET lock_timeout before it, and put it in a transaction of its own");
}

static void checkRename(const RenameObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::trigger || !blockingLockOf(step.at) ||
      timeoutAt(step.before(), "lock_timeout").limits())
    return;
  report
      .add(op.where, "renaming trigger '{}' locks '{}'; {}", op.part, shown(op.name),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.name))
      .help("SET lock_timeout before it, and put it in a transaction of its own");
}

static constexpr std::string_view aliases[] = {"pgls:banDropTrigger"};

extern constexpr Rule drop_trigger{
    .id = "drop-trigger",
    .category = Category::locking,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&check>, on<&checkRename>},
};

} // namespace lockstep::rules
