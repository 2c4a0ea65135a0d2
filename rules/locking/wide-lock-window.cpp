#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

namespace lockstep::rules {

/// The table that a lock is about: the topmost partitioned one, so that a table and its partitions
/// count once.
static std::string tableOf(const HeldLock &lock, const StatementStep &step) {
  const Relation *relation = step.before.relation(lock.relation.id);
  return relation ? step.before.rootOf(*relation).qualifiedName() : lock.relation.name;
}

/// True for the sequence of a table that the transaction has locked before.
static bool isOfHeldTable(const HeldLock &taken, const StatementStep &step) {
  const Relation *relation = step.before.relation(taken.relation.id);
  if (!relation || !relation->sequence)
    return false;
  const Relation *owner = step.before.relation(relation->sequence->owner);
  return owner && step.transaction->heldBefore(step.number, owner->qualifiedName(),
                                               LockMode::share_row_exclusive);
}

/// The lock on another table that an earlier statement of the transaction took, or null.
static const HeldLock *heldOnAnother(const HeldLock &taken, const StatementStep &step) {
  for (const HeldLock &held : step.transaction->locks)
    if (held.statement < taken.statement && held.released == 0 &&
        held.mode >= LockMode::share_row_exclusive && tableOf(held, step) != tableOf(taken, step))
      return &held;
  return nullptr;
}

static void check(const ChangeSet &change_set, Report &report) {
  const Transaction *reported = nullptr;
  for (const StatementStep &step : change_set.statements) {
    if (step.in_transaction != Certainty::yes || step.transaction.get() == reported ||
        timeoutAt(step.before, "lock_timeout").limits())
      continue;
    for (const HeldLock &taken : locksTakenBy(step)) {
      if (taken.mode < LockMode::share_row_exclusive || isOfHeldTable(taken, step))
        continue;
      const HeldLock *held = heldOnAnother(taken, step);
      if (!held)
        continue;
      report
          .addAt(step, step.statement->range,
                 format("while this waits for its lock on '{}', the transaction keeps {} on '{}', "
                        "which blocks {} of it",
                        shown(taken.relation), sqlName(held->mode), shown(held->relation),
                        blockedBy(held->mode)))
          .object(taken.relation.name)
          .object(held->relation.name)
          .help("one table a transaction, or a lock_timeout and a retry of the whole");
      reported = step.transaction.get();
      break;
    }
  }
}

static constexpr std::string_view aliases[] = {"pgls:avoidWideLockWindow"};

extern constexpr Rule wide_lock_window{
    .id = "wide-lock-window",
    .category = Category::locking,
    .severity = Severity::warning,
    .aliases = aliases,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
