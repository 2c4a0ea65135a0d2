#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// What is missing for the statement to be repeated, or empty.
static std::string_view missingGuard(const Op &op) {
  if (const auto *table = std::get_if<CreateTable>(&op))
    return table->if_not_exists ? "" : "IF NOT EXISTS";
  if (const auto *index = std::get_if<CreateIndex>(&op))
    return index->if_not_exists || index->concurrently ? "" : "IF NOT EXISTS";
  if (const auto *column = std::get_if<AddColumn>(&op))
    return column->if_not_exists ? "" : "IF NOT EXISTS";
  if (const auto *column = std::get_if<DropColumn>(&op))
    return column->if_exists ? "" : "IF EXISTS";
  if (const auto *drop = std::get_if<DropObject>(&op))
    return drop->if_exists ? "" : "IF EXISTS";
  return "";
}

static void check(const Step &step, Report &report) {
  std::string_view guard = missingGuard(step.op);
  if (guard.empty() || step.at.in_transaction == Certainty::yes)
    return;
  report.add(whereOf(step.op), "run a second time this fails").help("add {}", guard);
}

static constexpr std::string_view aliases[] = {"squawk:prefer-robust-stmts",
                                               "pgls:preferRobustStmts"};

extern constexpr Rule non_idempotent_statement{
    .id = "non-idempotent-statement",
    .category = Category::hygiene,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
