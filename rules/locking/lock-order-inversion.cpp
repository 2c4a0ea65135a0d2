#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/timeout.hpp"

#include <map>
#include <utility>

namespace lockstep::rules {

/// A transaction that locks more tables than this follows no order that code could know.
static constexpr size_t most_tables = 32;

/// Walks over the transactions of a change set and remembers which tables were locked one behind
/// the other.
static void check(const ChangeSet &change_set, Report &report) {
  std::map<std::pair<std::string, std::string>, const Transaction *> orders;
  std::map<std::pair<std::string, std::string>, bool> reported;
  for (const StatementStep &step : change_set.statements) {
    if (step.in_transaction != Certainty::yes || step.transaction->locks.size() > most_tables)
      continue;
    const Transaction &transaction = *step.transaction;
    for (const HeldLock &taken : locksTakenBy(step)) {
      if (taken.mode < LockMode::share_row_exclusive)
        continue;
      for (const HeldLock &held : transaction.locks) {
        if (held.statement >= step.number || held.mode < LockMode::share_row_exclusive ||
            held.released != 0 || held.relation == taken.relation)
          continue;
        orders.try_emplace({held.relation.name, taken.relation.name}, &transaction);
        auto opposite = orders.find({taken.relation.name, held.relation.name});
        if (opposite == orders.end() || opposite->second == &transaction ||
            std::exchange(reported[opposite->first], true))
          continue;
        report
            .addAt(step, step.statement->range,
                   format("this locks '{}' while '{}' is locked; another transaction of the deploy "
                          "locks them the other way round, and code that follows both orders "
                          "deadlocks",
                          shown(taken.relation), shown(held.relation)))
            .object(held.relation.name)
            .object(taken.relation.name)
            .help("lock the tables in one order everywhere, or one table a transaction");
      }
    }
  }
}

extern constexpr Rule lock_order_inversion{
    .id = "lock-order-inversion",
    .category = Category::locking,
    .severity = Severity::warning,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
