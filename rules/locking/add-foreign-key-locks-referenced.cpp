#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

static void check(const CreateTable &op, const Step &step, Report &report) {
  if (timeoutAt(step.before(), "lock_timeout").limits())
    return;
  std::vector<std::string> tables;
  for (const Lock &lock : step.effects.locks)
    if (lock.reason == LockReason::referenced && lock.mode == LockMode::share_row_exclusive)
      tables.push_back(shown(lock.relation));
  if (tables.size() != 1) // multiple-foreign-keys tells of several.
    return;
  report
      .add(op.where, "the foreign key of the new table '{}' locks '{}'; {}", shown(op.table),
           tables.front(), lockPhrase(step.at, LockMode::share_row_exclusive))
      .help("SET lock_timeout before it");
}

static constexpr std::string_view weaker[] = {"missing-lock-timeout"};

extern constexpr Rule add_foreign_key_locks_referenced{
    .id = "add-foreign-key-locks-referenced",
    .category = Category::locking,
    .severity = Severity::info,
    .preset = Preset::strict,
    .supersedes = weaker,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
