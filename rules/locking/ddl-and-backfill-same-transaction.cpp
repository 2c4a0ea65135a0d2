#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

#include <algorithm>

namespace lockstep::rules {

/// The strongest lock that blocks writes and that an earlier statement of the transaction took.
static const HeldLock *strongestHeld(const StatementStep &step) {
  for (LockMode mode :
       {LockMode::access_exclusive, LockMode::exclusive, LockMode::share_row_exclusive})
    if (const HeldLock *held = step.transaction->firstHeldBefore(step.number, mode))
      return held;
  return nullptr;
}

static bool readsOld(const Query &query, const Step &step) {
  return std::any_of(query.relations.begin(), query.relations.end(), [&](const RelationUse &use) {
    return use.access != Access::write && !step.at.isNew(use.name);
  });
}

template <class RowsOp> static void check(const RowsOp &op, const Step &step, Report &report) {
  if (step.at.in_transaction != Certainty::yes)
    return;
  // A new table's rows cost what it takes to read the old ones.
  if (step.at.isNew(op.table) && !readsOld(op.query, step))
    return;
  const HeldLock *held = strongestHeld(step.at);
  if (!held || rowBoundOf(op, step.before()) != RowBound::unbounded)
    return;
  report
      .add(op.where,
           "changing the rows of '{}' in the transaction that already holds {} on '{}' blocks "
           "{} of '{}' until all of it is done",
           shown(op.table), sqlName(held->mode), shown(held->relation), blockedBy(held->mode),
           shown(held->relation))
      .object(fullName(step, op.table))
      .help("move the change of rows to a migration of its own, in batches that commit");
}

static constexpr std::string_view weaker[] = {"statement-after-access-exclusive"};

extern constexpr Rule ddl_and_backfill_same_transaction{
    .id = "ddl-and-backfill-same-transaction",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .supersedes = weaker,
    .on_new_objects = true,
    .needs_execution = true,
    .checks = {on<&check<Update>>, on<&check<Delete>>, on<&check<Insert>>, on<&check<Merge>>},
};

} // namespace lockstep::rules
