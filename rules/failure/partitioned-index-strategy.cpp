#include "engine/refusal.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// The partitions that have rows of their own and are older than the change set.
static size_t oldPartitions(const Relation &table, const Step &step) {
  size_t count = 0;
  for (const Relation *below : step.before().withDescendants(table))
    count += below->kind == RelationKind::table && !step.at.isNew(*below) ? 1 : 0;
  return count;
}

static constexpr std::string_view strategy =
    "CREATE INDEX … ON ONLY {}, then build it CONCURRENTLY on each partition and ALTER INDEX … "
    "ATTACH PARTITION";

static void checkCreate(const CreateIndex &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.table);
  if (!table || table->kind != RelationKind::partitioned_table)
    return;
  if (const std::optional<Refusal> refusal = refusalAt(step, report.postgres())) {
    if (refusesPartitionedIndex(step.op, *refusal))
      report
          .add(op.where, "PostgreSQL refuses this: {} (SQLSTATE {})", refusal->message,
               refusal->sqlstate)
          .object(fullName(step, op.table))
          .help(strategy, shown(op.table));
    return;
  }
  size_t partitions = oldPartitions(*table, step);
  if (op.only || partitions == 0 || step.effects.index_builds.empty())
    return;
  report
      .add(op.where,
           "building this index on '{}' reads its {} one by one; SHARE blocks writes to "
           "all of them {}",
           shown(op.table), plural(partitions, "partition"), heldUntil(step.at))
      .object(fullName(step, op.table))
      .help(strategy, shown(op.table));
}

static void checkDrop(const DropObject &op, const Step &step, Report &report) {
  const std::optional<Refusal> refusal = refusalAt(step, report.postgres());
  if (!refusal || !refusesPartitionedIndex(step.op, *refusal))
    return;
  report
      .add(op.where, "PostgreSQL refuses this: {} (SQLSTATE {})", refusal->message,
           refusal->sqlstate)
      .object(fullName(step, op.name))
      .help("DROP INDEX {} without CONCURRENTLY, under a short lock_timeout", shown(op.name));
}

static constexpr std::string_view supersedes[] = {"create-index-non-concurrently"};

extern constexpr Rule partitioned_index_strategy{
    .id = "partitioned-index-strategy",
    .category = Category::failure,
    .severity = Severity::error,
    .phase = Phase::expand,
    .supersedes = supersedes,
    .checks = {on<&checkCreate>, on<&checkDrop>},
};

} // namespace lockstep::rules
