#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

static void check(const ChangeSet &change_set, Report &report) {
  const MigrationFile *reported = nullptr;
  for (const StatementStep &step : change_set.statements) {
    if (step.file == reported)
      continue;
    const HeldLock *lock = blockingLockOf(step);
    if (!lock || timeoutAt(step.before, "statement_timeout").limits() ||
        !takesTimeOnOld(step.effects.total(), step))
      continue;
    reported = step.file;
    report
        .addAt(step, step.statement->range,
               format("this holds {} on '{}' for a time that grows with its rows, and nothing ends "
                      "it: no statement_timeout is set",
                      sqlName(lock->mode), shown(lock->relation)))
        .object(lock->relation.name)
        .help("SET statement_timeout to what the service can bear, for this statement");
  }
}

static constexpr std::string_view aliases[] = {"squawk:require-timeout-settings",
                                               "squawk:require-statement-timeout",
                                               "pgls:requireStatementTimeout"};

extern constexpr Rule missing_statement_timeout{
    .id = "missing-statement-timeout",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
