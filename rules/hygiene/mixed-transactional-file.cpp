#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// The name of what the op makes anew after a DROP … IF EXISTS, or empty. A table is not: its rows
/// are gone then.
static std::string_view remadeName(const Op &op) {
  if (const auto *constraint = std::get_if<AddConstraint>(&op))
    return constraint->constraint.name;
  if (const auto *index = std::get_if<CreateIndex>(&op))
    return index->name;
  if (const auto *view = std::get_if<CreateView>(&op))
    return view->view.name;
  if (const auto *function = std::get_if<CreateFunction>(&op))
    return function->function.name;
  if (const auto *trigger = std::get_if<CreateTrigger>(&op))
    return trigger->name;
  if (const auto *policy = std::get_if<CreatePolicy>(&op))
    return policy->name;
  return {};
}

/// What the statement drops, where it may be missing.
static void noteDrops(const Statement &statement, std::vector<std::string> &dropped) {
  for (const Op &op : statement.ops) {
    if (const auto *object = std::get_if<DropObject>(&op); object && object->if_exists)
      dropped.push_back(object->name.name);
    if (const auto *constraint = std::get_if<DropConstraint>(&op);
        constraint && constraint->if_exists)
      dropped.push_back(constraint->constraint);
  }
}

/// True for what a new session has not: a temporary table, and what is done to it.
static bool isTemporary(const Op &op, const Catalog &catalog) {
  const auto concerns = [&](const QualifiedName &name) {
    const Relation *relation = catalog.findRelation(name);
    return relation && relation->persistence == Persistence::temporary;
  };
  if (const auto *table = std::get_if<CreateTable>(&op))
    return table->persistence == Persistence::temporary;
  if (const auto *table = std::get_if<CreateTableAs>(&op))
    return table->persistence == Persistence::temporary;
  if (const auto *index = std::get_if<CreateIndex>(&op))
    return concerns(index->table);
  if (const auto *insert = std::get_if<Insert>(&op))
    return concerns(insert->table);
  if (const auto *drop = std::get_if<DropObject>(&op))
    return concerns(drop->name);
  if (const auto *truncate = std::get_if<Truncate>(&op))
    return std::all_of(truncate->tables.begin(), truncate->tables.end(), concerns);
  const AlterTarget *target = alterTargetOf(op);
  return target && concerns(target->relation);
}

/// Tells what may be repeated without harm, so that half of it done is no trouble. `dropped` holds
/// what DROP … IF EXISTS dropped before in the same unit.
static bool canRunAgain(const StatementStep &step, const std::vector<std::string> &dropped) {
  const std::vector<Op> &ops = step.statement->ops;
  return std::all_of(ops.begin(), ops.end(), [&](const Op &op) {
    return isTemporary(op, step.before) || isRepeatable(op) ||
           std::find(dropped.begin(), dropped.end(), remadeName(op)) != dropped.end();
  });
}

static void check(const ChangeSet &change_set, Report &report) {
  const StatementStep *first = nullptr;
  uint32_t unit = 0;
  uint32_t reported = 0;
  std::vector<std::string> dropped;
  for (const StatementStep &step : change_set.statements) {
    if (unit != step.unit_number) {
      unit = step.unit_number;
      first = nullptr;
      dropped.clear();
    }
    noteDrops(*step.statement, dropped);
    if (step.enclosing || step.unit->model != ExecutionModel::autocommit ||
        step.in_transaction != Certainty::no || canRunAgain(step, dropped))
      continue;
    if (first && reported != step.unit_number) {
      reported = step.unit_number;
      report
          .addAt(step, step.statement->range,
                 "the migration runs without a transaction: if this fails, what stands before it "
                 "stays done, and a second run stumbles over it")
          .label(first->origin, "stays done")
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
