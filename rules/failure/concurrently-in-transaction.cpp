#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// What PostgreSQL calls the statement when it refuses it.
static std::string commandOf(const Step &step) {
  if (const auto *index = std::get_if<CreateIndex>(&step.op))
    return format("CREATE INDEX CONCURRENTLY '{}'", index->name);
  if (const auto *drop = std::get_if<DropObject>(&step.op); drop && drop->kind == ObjectKind::index)
    return format("DROP INDEX CONCURRENTLY '{}'", drop->name.name);
  if (std::holds_alternative<Reindex>(step.op))
    return "REINDEX";
  if (std::holds_alternative<DetachPartition>(step.op))
    return "ALTER TABLE … DETACH PARTITION CONCURRENTLY";
  if (std::holds_alternative<Vacuum>(step.op))
    return "VACUUM";
  return "this statement";
}

static void check(const Step &step, Report &report) {
  if (step.effects.in_transaction || step.at.in_transaction != Certainty::yes)
    return;
  if (step.at.embedded) {
    report
        .add(whereOf(step.op),
             "{} fails in a DO block, with or without a transaction (SQLSTATE 25001)",
             commandOf(step))
        .help("make it a statement of its own: no function and no DO block can run it");
    return;
  }
  std::string_view block = step.at.transaction->owner == TransactionOwner::message
                               ? "in a file with several statements, which share a transaction"
                               : "inside a transaction";
  report.add(whereOf(step.op), "{} fails {} (SQLSTATE 25001)", commandOf(step), block)
      .help("{}", noTransactionAdvice(step.at));
}

static constexpr std::string_view aliases[] = {
    "squawk:ban-concurrent-index-creation-in-transaction",
    "pgls:banConcurrentIndexCreationInTransaction", "atlas:PG103"};

extern constexpr Rule concurrently_in_transaction{
    .id = "concurrently-in-transaction",
    .category = Category::failure,
    .severity = Severity::error,
    .aliases = aliases,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
