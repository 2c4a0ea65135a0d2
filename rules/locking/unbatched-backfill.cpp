#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

static void reportUnbounded(RowBound bound, Range where, std::string_view verb,
                            const QualifiedName &table, const Expression *condition,
                            const Step &step, Report &report) {
  if (bound != RowBound::unbounded || isSystemCatalog(table, step.before()))
    return;
  FindingBuilder finding = report.add(
      where,
      "this {} an unbounded number of rows of '{}' in one statement: their row locks and "
      "the replication lag grow until it ends",
      verb, shown(table));
  finding.object(fullName(step, table))
      .help("change the rows in batches by key range, each committed on its own, outside the "
            "migration's transaction");
  const Relation *relation = step.before().findRelation(table);
  if ((!relation || relation->partial) && comparesWithLiterals(condition))
    finding.severity(Severity::warning).assuming("many rows have the values that it asks for");
}

static void checkUpdate(const Update &op, const Step &step, Report &report) {
  reportUnbounded(rowBoundOf(op, step.before()), op.where, "updates", op.table, op.condition.get(),
                  step, report);
}

static void checkDelete(const Delete &op, const Step &step, Report &report) {
  reportUnbounded(rowBoundOf(op, step.before()), op.where, "deletes", op.table, op.condition.get(),
                  step, report);
}

static void checkInsert(const Insert &op, const Step &step, Report &report) {
  reportUnbounded(rowBoundOf(op, step.before()), op.where, "inserts", op.table, nullptr, step,
                  report);
}

static void checkMerge(const Merge &op, const Step &step, Report &report) {
  reportUnbounded(rowBoundOf(op, step.before()), op.where, "merges", op.table, nullptr, step,
                  report);
}

extern constexpr Rule unbatched_backfill{
    .id = "unbatched-backfill",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .checks = {on<&checkUpdate>, on<&checkDelete>, on<&checkInsert>, on<&checkMerge>},
};

} // namespace lockstep::rules
