#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// True where the statement computes a relation of this name: who reads the one that was dropped
/// waits for it.
static bool makes(const StatementStep &step, std::string_view relation) {
  return std::any_of(step.statement->ops.begin(), step.statement->ops.end(), [&](const Op &op) {
    const auto *made = std::get_if<CreateTableAs>(&op);
    return made && sqlName(step.before.resolve(made->table)) == relation;
  });
}

/// The first ACCESS EXCLUSIVE lock held before `step` that makes it worse, or null. A lock that the
/// statement takes itself adds nothing; neither does that of an index or of what was dropped.
static const HeldLock *heldBeside(const StatementStep &step) {
  for (const HeldLock &lock : step.transaction->locks) {
    const Relation *relation = step.before.relation(lock.relation.id);
    bool stands = lock.relation.id == ObjectId::none || (relation && !relation->isIndex()) ||
                  (!relation && makes(step, lock.relation.name));
    if (stands && step.effects.total().lockOn(lock.relation.name) < LockMode::access_exclusive &&
        step.transaction->heldBefore(step.number, lock.relation.name, LockMode::access_exclusive))
      return &lock;
  }
  return nullptr;
}

/// The op of the statement that takes time with the data, or null. Changes of rows are the affair
/// of ddl-and-backfill-same-transaction. TRUNCATE reads no row.
static const Op *slowOp(const StatementStep &step) {
  for (size_t i = 0; i < step.statement->ops.size(); ++i) {
    const Op &op = step.statement->ops[i];
    if (std::holds_alternative<Insert>(op) || std::holds_alternative<Update>(op) ||
        std::holds_alternative<Delete>(op) || std::holds_alternative<Merge>(op) ||
        std::holds_alternative<Truncate>(op))
      continue;
    if (takesTimeOnOld(step.effects.per_op[i], step))
      return &op;
  }
  return nullptr;
}

namespace {
/// The slow statements of one transaction behind its first ACCESS EXCLUSIVE.
struct Pile {
  const Transaction *transaction = nullptr;
  const StatementStep *first = nullptr;
  const HeldLock *held = nullptr;
  Range where;
  uint32_t more = 0;
};
} // namespace

static void reportPile(const Pile &pile, Report &report) {
  if (!pile.first)
    return;
  std::string more;
  if (pile.more > 0)
    more = format("; {} like it {}", plural(pile.more, "more statement"),
                  pile.more == 1 ? "follows" : "follow");
  report
      .addAt(*pile.first, pile.where,
             format("this takes time that grows with the data while the transaction holds ACCESS "
                    "EXCLUSIVE on '{}', which blocks reads and writes of it until COMMIT{}",
                    shown(pile.held->relation), more))
      .object(pile.held->relation.name)
      .help("put it in a migration of its own, or before the statement that locks '{}'",
            shown(pile.held->relation))
      .sized(withoutNew(pile.first->effects.total(), *pile.first));
}

static void check(const ChangeSet &change_set, Report &report) {
  Pile pile;
  for (const StatementStep &step : change_set.statements) {
    if (step.transaction.get() != pile.transaction) {
      reportPile(pile, report);
      pile = {};
      pile.transaction = step.transaction.get();
    }
    if (step.in_transaction != Certainty::yes ||
        !step.transaction->firstHeldBefore(step.number, LockMode::access_exclusive))
      continue;
    // Thousands of statements that are quick need not go over thousands of locks.
    const Op *op = slowOp(step);
    const HeldLock *held = op ? heldBeside(step) : nullptr;
    if (!held)
      continue;
    if (pile.first) {
      ++pile.more;
    } else {
      pile.first = &step;
      pile.held = held;
      pile.where = whereOf(*op);
    }
  }
  reportPile(pile, report);
}

static constexpr std::string_view aliases[] = {"eugene:E4",
                                               "pgls:runningStatementWhileHoldingAccessExclusive"};

extern constexpr Rule statement_after_access_exclusive{
    .id = "statement-after-access-exclusive",
    .category = Category::locking,
    .severity = Severity::error,
    .aliases = aliases,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
