#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// The table that the statement alters and reads or writes as a whole, or empty.
static std::string scannedTable(const StatementStep &step) {
  const Effects &all = step.effects.total();
  if (step.in_transaction != Certainty::yes || (all.scans.empty() && all.rewrites.empty()))
    return {};
  const AlterTarget *target =
      step.statement->ops.empty() ? nullptr : alterTargetOf(step.statement->ops.front());
  if (!target)
    return {};
  for (const Op &op : step.statement->ops)
    if (std::holds_alternative<ValidateConstraint>(op) || std::holds_alternative<SetNotNull>(op) ||
        std::holds_alternative<AttachPartition>(op) || std::holds_alternative<DetachPartition>(op))
      return {};
  Effects effects = withoutNew(all, step);
  std::string table = sqlName(step.before.resolve(target->relation));
  return effects.scanOf(table) || effects.rewriteOf(table) ? table : std::string();
}

static void check(const ChangeSet &change_set, Report &report) {
  const StatementStep *before = nullptr;
  std::string table;
  for (const StatementStep &step : change_set.statements) {
    std::string scanned = scannedTable(step);
    bool again =
        !scanned.empty() && scanned == table && before && before->transaction == step.transaction;
    if (again)
      report
          .addAt(
              step, step.statement->range,
              format(
                  "'{}' is read as a whole a second time in this transaction: one ALTER TABLE "
                  "with both actions reads it once",
                  shown(step.before.resolve(alterTargetOf(step.statement->ops.front())->relation))))
          .object(table)
          .label(before->origin, "the first time")
          .help("join the two statements with a comma");
    table = scanned;
    before = &step;
  }
}

static constexpr std::string_view aliases[] = {"eugene:W12", "pgls:multipleAlterTable"};

extern constexpr Rule multiple_alter_table{
    .id = "multiple-alter-table",
    .category = Category::locking,
    .severity = Severity::info,
    .preset = Preset::strict,
    .aliases = aliases,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
