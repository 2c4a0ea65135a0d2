#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "history/statement_index.hpp"

namespace lockstep::rules {

/// True where the file drops an index of this name first, INVALID or not, each time that it runs.
static bool isDroppedBefore(const CreateIndex &op, const Step &step) {
  QualifiedName index = step.before().resolve(op.table);
  index.name = op.name;
  const StatementStep *drop = step.at.change_set->index().dropBefore(step.at, index);
  return drop && drop->file == step.at.file;
}

static void check(const CreateIndex &op, const Step &step, Report &report) {
  if (!op.concurrently || !op.if_not_exists || step.at.isNew(op.table) || isDroppedBefore(op, step))
    return;
  report
      .add(op.where,
           "IF NOT EXISTS takes the INVALID index that a failed build of '{}' leaves for a good "
           "one: the second run succeeds without an index that queries can use",
           op.name)
      .object(fullName(step, op.table))
      .help("DROP INDEX CONCURRENTLY IF EXISTS {} before, and CREATE INDEX CONCURRENTLY without "
            "IF NOT EXISTS",
            quoteIdentifier(op.name));
}

extern constexpr Rule concurrently_if_not_exists{
    .id = "concurrently-if-not-exists",
    .category = Category::hygiene,
    .severity = Severity::error,
    .phase = Phase::expand,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
