#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::table || timeoutAt(step.before(), "lock_timeout").limits())
    return;
  std::vector<std::string> tables;
  for (const Lock &lock : step.effects.locks)
    if (lock.reason == LockReason::referenced && lock.mode == LockMode::access_exclusive)
      tables.push_back(shown(lock.relation));
  if (tables.size() < 2)
    return;
  report
      .add(op.where, "dropping '{}' also locks {}, which its foreign keys reference; {}",
           shown(op.name), listed(tables), lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.name))
      .help("drop the foreign keys before, one a transaction");
}

static constexpr std::string_view aliases[] = {
    "strong_migrations:drop_table_multiple_foreign_keys"};

extern constexpr Rule drop_table_with_multiple_foreign_keys{
    .id = "drop-table-with-multiple-foreign-keys",
    .category = Category::locking,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
