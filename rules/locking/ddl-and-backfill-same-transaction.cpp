#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

template <class RowsOp> static void check(const RowsOp &op, const Step &step, Report &report) {
  if (step.at.in_transaction != Certainty::yes)
    return;
  const HeldLock *held =
      step.at.transaction->firstHeldBefore(step.at.number, LockMode::share_row_exclusive);
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
    .needs_execution = true,
    .checks = {on<&check<Update>>, on<&check<Delete>>, on<&check<Insert>>, on<&check<Merge>>},
};

} // namespace lockstep::rules
