#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

static bool commits(const StatementStep &block) {
  for (const Op &op : block.statement->ops)
    if (const auto *code = std::get_if<DoBlock>(&op))
      return code->body.commits;
  return false;
}

static void reportLoop(RowBound bound, Range where, const QualifiedName &table, const Step &step,
                       Report &report) {
  if (!step.at.embedded || !step.at.embedded->in_loop || bound == RowBound::literal)
    return;
  const StatementStep &block = *step.at.enclosing;
  if (!commits(block)) {
    report
        .add(where,
             "the batches of this loop over '{}' are one transaction: row locks, bloat and "
             "replication lag grow until the whole loop ends",
             shown(table))
        .object(fullName(step, table))
        .help("COMMIT after each batch, in a migration that runs without a transaction, or run the "
              "batches from a job");
    return;
  }
  if (block.in_transaction == Certainty::yes)
    report
        .add(where, "the loop's COMMIT fails inside the migration's transaction: invalid "
                    "transaction termination (SQLSTATE 2D000)")
        .object(fullName(step, table))
        .help("{}", noTransactionAdvice(block));
}

static void checkUpdate(const Update &op, const Step &step, Report &report) {
  reportLoop(rowBoundOf(op, step.before()), op.where, op.table, step, report);
}

static void checkDelete(const Delete &op, const Step &step, Report &report) {
  reportLoop(rowBoundOf(op, step.before()), op.where, op.table, step, report);
}

static void checkInsert(const Insert &op, const Step &step, Report &report) {
  reportLoop(rowBoundOf(op, step.before()), op.where, op.table, step, report);
}

static void checkMerge(const Merge &op, const Step &step, Report &report) {
  reportLoop(rowBoundOf(op, step.before()), op.where, op.table, step, report);
}

static constexpr std::string_view weaker[] = {"unbatched-backfill"};

extern constexpr Rule backfill_loop_single_transaction{
    .id = "backfill-loop-single-transaction",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .supersedes = weaker,
    .checks = {on<&checkUpdate>, on<&checkDelete>, on<&checkInsert>, on<&checkMerge>},
};

} // namespace lockstep::rules
