#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

#include <algorithm>

namespace lockstep::rules {

/// Adds the older tables that the statement locks because a foreign key references them.
static void addReferenced(const StatementStep &step, std::vector<std::string> &tables) {
  for (const Effects &effects : step.effects.per_op)
    for (const Lock &lock : effects.locks) {
      if (lock.reason != LockReason::referenced || lock.mode != LockMode::share_row_exclusive ||
          step.isNew(lock.relation))
        continue;
      std::string name = shown(lock.relation);
      if (std::find(tables.begin(), tables.end(), name) == tables.end())
        tables.push_back(std::move(name));
    }
}

static bool addsForeignKey(const Op &op) {
  const Gives gives = traitsOf(op).gives;
  return gives == Gives::columns || gives == Gives::constraint;
}

static void check(const ChangeSet &change_set, Report &report) {
  const Transaction *transaction = nullptr;
  std::vector<std::string> tables;
  for (const StatementStep &step : change_set.statements) {
    if (step.transaction.get() != transaction) {
      tables.clear();
      transaction = step.transaction.get();
    }
    const std::vector<Op> &ops = step.statement->ops;
    if (tables.size() > 1 || std::none_of(ops.begin(), ops.end(), addsForeignKey))
      continue;
    addReferenced(step, tables);
    if (tables.size() < 2 || timeoutAt(step.before, "lock_timeout").limits())
      continue;
    report
        .addAt(step, step.statement->range,
               format("foreign keys to {} in one transaction lock all of them at once; {}",
                      listed(tables), lockPhrase(step, LockMode::share_row_exclusive)))
        .help("one foreign key a transaction, NOT VALID, under a lock_timeout");
  }
}

static constexpr std::string_view aliases[] = {"strong_migrations:multiple_foreign_keys"};

static constexpr std::string_view weaker[] = {"wide-lock-window"};

extern constexpr Rule multiple_foreign_keys{
    .id = "multiple-foreign-keys",
    .category = Category::locking,
    .severity = Severity::warning,
    .aliases = aliases,
    .supersedes = weaker,
    .checks = {onChangeSetsGiving<&check, Gives::columns, Gives::constraint>},
};

} // namespace lockstep::rules
