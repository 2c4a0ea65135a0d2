#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// True for what may be repeated without harm, so that half of it done is no trouble.
static bool isRepeatable(const StatementStep &step) {
  for (const Op &op : step.statement->ops) {
    const auto *drop = std::get_if<DropObject>(&op);
    bool harmless = std::holds_alternative<SetVariable>(op) || std::holds_alternative<Grant>(op) ||
                    (drop && drop->if_exists) || std::holds_alternative<Select>(op) ||
                    std::holds_alternative<NoEffect>(op) ||
                    std::holds_alternative<TransactionControl>(op) ||
                    std::holds_alternative<ValidateConstraint>(op) ||
                    std::holds_alternative<Update>(op) || std::holds_alternative<Delete>(op) ||
                    std::holds_alternative<Vacuum>(op) || std::holds_alternative<Comment>(op);
    if (!harmless)
      return false;
  }
  return true;
}

static void check(const ChangeSet &change_set, Report &report) {
  const StatementStep *first = nullptr;
  uint32_t reported = 0;
  for (const StatementStep &step : change_set.statements) {
    if (first && first->unit_number != step.unit_number)
      first = nullptr;
    if (step.enclosing || step.unit->model != ExecutionModel::autocommit ||
        step.in_transaction != Certainty::no || isRepeatable(step))
      continue;
    if (first && reported != step.unit_number) {
      reported = step.unit_number;
      report
          .addAt(step, step.statement->range,
                 "the migration runs without a transaction: if this fails, what stands before it "
                 "stays done, and a second run stumbles over it")
          .label(first->statement->range, "stays done")
          .help("one such statement a migration, or make each of them repeatable");
    }
    first = first ? first : &step;
  }
}

extern constexpr Rule mixed_transactional_file{
    .id = "mixed-transactional-file",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .needs_execution = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
