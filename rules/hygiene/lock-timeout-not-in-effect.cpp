#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

namespace {
/// A statement that sets lock_timeout.
struct Setting {
  const StatementStep *step = nullptr;
  const SetVariable *op = nullptr;
};

/// What one file does about lock_timeout.
struct FileFacts {
  const MigrationFile *file = nullptr;
  std::vector<Setting> settings;
  const StatementStep *unguarded = nullptr; ///< The first that waits for its lock without a limit.
};
} // namespace

/// True where psql connects anew between the two.
static bool connectsBetween(const StatementStep &first, const StatementStep &second) {
  if (first.source != second.source || !first.source)
    return false;
  const Range between{first.statement->range.end, second.statement->range.begin};
  return first.source->slice(between).find("\\c") != std::string_view::npos;
}

/// Why the setting does not hold at the statement.
static std::string reasonOf(const Setting &setting, const StatementStep &unguarded) {
  if (setting.step->number > unguarded.number)
    return "comes after it";
  std::optional<int64_t> value =
      setting.op->values.empty() ? std::nullopt : timeoutMilliseconds(setting.op->values.front());
  if (setting.op->reset)
    return "takes the limit back";
  if (value == 0)
    return "is 0, which means no limit";
  if (setting.op->local && setting.step->in_transaction == Certainty::no)
    return "is SET LOCAL outside a transaction, which does nothing";
  if (setting.op->local)
    return "is SET LOCAL and ended with its transaction";
  if (connectsBetween(*setting.step, unguarded))
    return "ended with the session that \\connect closed";
  return "was undone by ROLLBACK";
}

static void reportFile(const FileFacts &facts, Report &report) {
  if (!facts.unguarded || facts.settings.empty())
    return;
  // The last one before the statement explains it, else the first one behind.
  const Setting *setting = &facts.settings.front();
  for (const Setting &each : facts.settings)
    if (each.step->number < facts.unguarded->number)
      setting = &each;
  const HeldLock *lock = blockingLockOf(*facts.unguarded);
  report
      .addAt(*setting->step, setting->op->where,
             format("lock_timeout is not in effect where {} on '{}' is taken: this {}",
                    sqlName(lock->mode), shown(lock->relation),
                    reasonOf(*setting, *facts.unguarded)))
      .object(lock->relation.name)
      .label(facts.unguarded->origin, "waits for its lock without a limit")
      .help("SET lock_timeout = '5s' before the first statement that locks");
}

static void check(const ChangeSet &change_set, Report &report) {
  FileFacts facts;
  for (const StatementStep &step : change_set.statements) {
    if (step.file != facts.file) {
      reportFile(facts, report);
      facts = {};
      facts.file = step.file;
    }
    for (const Op &op : step.statement->ops)
      if (const auto *set = std::get_if<SetVariable>(&op); set && set->name == "lock_timeout")
        facts.settings.push_back({&step, set});
    if (!facts.unguarded && step.effects.total().in_transaction && blockingLockOf(step) &&
        !timeoutAt(step.before, "lock_timeout").limits())
      facts.unguarded = &step;
  }
  reportFile(facts, report);
}

extern constexpr Rule lock_timeout_not_in_effect{
    .id = "lock-timeout-not-in-effect",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .checks = {onChangeSets<&check, SetVariable>},
};

} // namespace lockstep::rules
