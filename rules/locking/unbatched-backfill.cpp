#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

static void reportUnbounded(RowBound bound, Range where, std::string_view verb,
                            const QualifiedName &table, const Step &step, Report &report) {
  if (bound != RowBound::unbounded)
    return;
  report
      .add(where,
           "this {} an unbounded number of rows of '{}' in one statement: their row locks and "
           "the replication lag grow until it ends",
           verb, shown(table))
      .object(fullName(step, table))
      .help("change the rows in batches by key range, each committed on its own, outside the "
            "migration's transaction");
}

static void checkUpdate(const Update &op, const Step &step, Report &report) {
  reportUnbounded(rowBoundOf(op, step.before()), op.where, "updates", op.table, step, report);
}

static void checkDelete(const Delete &op, const Step &step, Report &report) {
  reportUnbounded(rowBoundOf(op, step.before()), op.where, "deletes", op.table, step, report);
}

static void checkInsert(const Insert &op, const Step &step, Report &report) {
  reportUnbounded(rowBoundOf(op, step.before()), op.where, "inserts", op.table, step, report);
}

static void checkMerge(const Merge &op, const Step &step, Report &report) {
  reportUnbounded(rowBoundOf(op, step.before()), op.where, "merges", op.table, step, report);
}

extern constexpr Rule unbatched_backfill{
    .id = "unbatched-backfill",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .checks = {on<&checkUpdate>, on<&checkDelete>, on<&checkInsert>, on<&checkMerge>},
};

} // namespace lockstep::rules
