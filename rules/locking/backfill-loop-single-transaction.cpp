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

template <class RowsOp> static void check(const RowsOp &op, const Step &step, Report &report) {
  if (!step.at.embedded || !step.at.embedded->in_loop ||
      rowBoundOf(op, step.before()) == RowBound::literal)
    return;
  const StatementStep &block = *step.at.enclosing;
  if (!commits(block)) {
    report
        .add(op.where,
             "the batches of this loop over '{}' are one transaction: row locks, bloat and "
             "replication lag grow until the whole loop ends",
             shown(op.table))
        .object(fullName(step, op.table))
        .help("COMMIT after each batch, in a migration that runs without a transaction, or run the "
              "batches from a job");
    return;
  }
  if (block.in_transaction == Certainty::yes)
    report
        .add(op.where, "the loop's COMMIT fails inside the migration's transaction: invalid "
                       "transaction termination (SQLSTATE 2D000)")
        .object(fullName(step, op.table))
        .help("{}", noTransactionAdvice(block));
}

static constexpr std::string_view weaker[] = {"unbatched-backfill"};

extern constexpr Rule backfill_loop_single_transaction{
    .id = "backfill-loop-single-transaction",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .supersedes = weaker,
    .checks = {on<&check<Update>>, on<&check<Delete>>, on<&check<Insert>>, on<&check<Merge>>},
};

} // namespace lockstep::rules
