#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// True where the change set drops an index of that name before: a second run then starts afresh.
static bool isDroppedBefore(const CreateIndex &op, const Step &step) {
  QualifiedName wanted = step.before().resolve(op.table);
  for (const StatementStep &earlier : step.at.change_set->statements) {
    if (earlier.number >= step.at.number)
      break;
    for (const Op &other : earlier.statement->ops) {
      const auto *drop = std::get_if<DropObject>(&other);
      if (drop && drop->kind == ObjectKind::index && drop->if_exists &&
          drop->name.name == op.name &&
          (drop->name.schema.empty() || drop->name.schema == wanted.schema))
        return true;
    }
  }
  return false;
}

static void check(const CreateIndex &op, const Step &step, Report &report) {
  // A runner that sends a file as one message has no room for a DROP INDEX before.
  if (!op.concurrently || op.name.empty() || op.if_not_exists || step.at.isNew(op.table) ||
      step.at.unit->model != ExecutionModel::autocommit || isDroppedBefore(op, step))
    return;
  report
      .add(op.where,
           "if this build fails, it leaves an INVALID index '{}', and a second run of the "
           "migration stops at it: relation \"{}\" already exists",
           op.name, op.name)
      .object(fullName(step, op.table))
      .help("DROP INDEX CONCURRENTLY IF EXISTS {} before it", quoteIdentifier(op.name))
      .fix({"drop the remains of a failed build first",
            FixSafety::safe,
            {{{op.where.begin, op.where.begin},
              format("DROP INDEX CONCURRENTLY IF EXISTS {};\n",
                     sqlName(op.table.schema, op.name))}}});
}

extern constexpr Rule invalid_index_retry{
    .id = "invalid-index-retry",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .phase = Phase::expand,
    .preset = Preset::strict,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
