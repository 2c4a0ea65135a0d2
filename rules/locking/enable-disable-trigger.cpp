#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/sync.hpp"
#include "history/timeout.hpp"

#include <array>

namespace lockstep::rules {

/// "DISABLE TRIGGER" and what it names, or empty for other settings.
static std::string phraseOf(const AlterTableSetting &op) {
  static constexpr std::array<std::pair<TableSetting, std::string_view>, 8> phrases{
      {{TableSetting::enable_trigger, "ENABLE TRIGGER"},
       {TableSetting::enable_always_trigger, "ENABLE ALWAYS TRIGGER"},
       {TableSetting::enable_replica_trigger, "ENABLE REPLICA TRIGGER"},
       {TableSetting::disable_trigger, "DISABLE TRIGGER"},
       {TableSetting::enable_all_triggers, "ENABLE TRIGGER ALL"},
       {TableSetting::disable_all_triggers, "DISABLE TRIGGER ALL"},
       {TableSetting::enable_user_triggers, "ENABLE TRIGGER USER"},
       {TableSetting::disable_user_triggers, "DISABLE TRIGGER USER"}}};
  for (const auto &[setting, phrase] : phrases)
    if (setting == op.setting)
      return std::string(phrase);
  return {};
}

static bool isSync(const AlterTableSetting &op, const Step &step) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Trigger *trigger = table && !op.name.empty() ? table->findTrigger(op.name) : nullptr;
  return trigger && isSyncTrigger(trigger->definition, step.before());
}

/// True where an action of the statement before this one was reported: they share the lock.
static bool isRepeated(const Step &step) {
  for (size_t i = 0; i < step.index; ++i)
    if (const auto *other = std::get_if<AlterTableSetting>(&step.at.statement->ops[i]))
      if (!phraseOf(*other).empty() && !isSync(*other, step))
        return true;
  return false;
}

static void check(const AlterTableSetting &op, const Step &step, Report &report) {
  std::string phrase = phraseOf(op);
  bool all = op.setting == TableSetting::disable_all_triggers;
  if (phrase.empty() || !blockingLockOf(step.at) || isSync(op, step) || isRepeated(step) ||
      (!all && timeoutAt(step.before(), "lock_timeout").limits()))
    return;
  report
      .add(op.where, "{} locks '{}'; {}{}", phrase, shown(op.target.relation),
           lockPhrase(step.at, LockMode::share_row_exclusive),
           all ? "; until ENABLE TRIGGER, foreign keys are not checked, and rows that break them "
                 "are never checked again"
               : "")
      .object(fullName(step, op.target.relation))
      .help("SET lock_timeout before it; to skip a trigger in one session, let its function look "
            "at a setting");
}

static constexpr std::string_view aliases[] = {"pgls:avoidEnableDisableTrigger"};

extern constexpr Rule enable_disable_trigger{
    .id = "enable-disable-trigger",
    .category = Category::locking,
    .severity = Severity::warning,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
