#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

static void reportBackfill(RowBound bound, Range where, const QualifiedName &table,
                           const Step &step, Report &report) {
  if (step.at.in_transaction != Certainty::yes || bound != RowBound::unbounded)
    return;
  const HeldLock *held =
      step.at.transaction->firstHeldBefore(step.at.number, LockMode::share_row_exclusive);
  if (!held)
    return;
  report
      .add(where,
           "changing the rows of '{}' in the transaction that already holds {} on '{}' blocks "
           "{} of '{}' until all of it is done",
           shown(table), sqlName(held->mode), shown(held->relation), blockedBy(held->mode),
           shown(held->relation))
      .object(fullName(step, table))
      .help("move the change of rows to a migration of its own, in batches that commit");
}

static void checkUpdate(const Update &op, const Step &step, Report &report) {
  reportBackfill(rowBoundOf(op, step.before()), op.where, op.table, step, report);
}

static void checkDelete(const Delete &op, const Step &step, Report &report) {
  reportBackfill(rowBoundOf(op, step.before()), op.where, op.table, step, report);
}

static void checkInsert(const Insert &op, const Step &step, Report &report) {
  reportBackfill(rowBoundOf(op, step.before()), op.where, op.table, step, report);
}

static void checkMerge(const Merge &op, const Step &step, Report &report) {
  reportBackfill(rowBoundOf(op, step.before()), op.where, op.table, step, report);
}

static constexpr std::string_view weaker[] = {"statement-after-access-exclusive"};

extern constexpr Rule ddl_and_backfill_same_transaction{
    .id = "ddl-and-backfill-same-transaction",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .supersedes = weaker,
    .needs_execution = true,
    .checks = {on<&checkUpdate>, on<&checkDelete>, on<&checkInsert>, on<&checkMerge>},
};

} // namespace lockstep::rules
