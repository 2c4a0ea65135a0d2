#include "catalog/model/function_match.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

namespace {
/// What keeps results of the function as it was.
struct Keeper {
  std::string what;
  std::string help;
};
} // namespace

static bool isReindexed(const Relation &index, const Step &step) {
  for (const StatementStep *next = step.at.change_set->next(step.at); next;
       next = step.at.change_set->next(*next))
    for (const Op &op : next->statement->ops)
      if (std::holds_alternative<Reindex>(op))
        return true;
  return !catalogAfter(step).relation(index.id);
}

/// The first index, stored generated column or CHECK, older than the change set, that uses it.
static std::optional<Keeper> keeperOf(const Function &function, const Step &step) {
  for (const Dependent &dependent : step.before().dependentsOf(function.id)) {
    const Relation *relation = step.before().relation(dependent.dependent);
    if (!relation || step.at.isNew(*relation))
      continue;
    if (relation->isIndex() && !isReindexed(*relation, step))
      return Keeper{format("index '{}' keeps what the old body returned, and queries that use it "
                           "miss rows",
                           relation->name),
                    format("REINDEX INDEX CONCURRENTLY {} afterwards", shown(*relation))};
    if (dependent.part_kind == PartKind::constraint)
      return Keeper{format("rows of '{}' that CHECK '{}' let in are not checked again",
                           shown(*relation), dependent.part),
                    "add the CHECK again under a new name, NOT VALID, and VALIDATE it"};
    const Column *column =
        dependent.part_kind == PartKind::column ? relation->findColumn(dependent.part) : nullptr;
    if (column && column->generated == Generated::stored)
      return Keeper{format("'{}.{}' keeps what the old body returned until each row is updated",
                           shown(*relation), column->name),
                    "update its rows in batches afterwards"};
  }
  return std::nullopt;
}

static void check(const CreateFunction &op, const Step &step, Report &report) {
  if (!op.or_replace)
    return;
  const Function *function =
      findFunction(step.before(), op.function, inputTypes(op.parameters), true, report.postgres());
  if (!function || !function->definition || step.at.isNew(function->origin) ||
      (function->definition->body.text == op.body.text &&
       function->definition->link_symbol == op.link_symbol))
    return;
  const std::optional<Keeper> keeper = keeperOf(*function, step);
  if (!keeper)
    return;
  report.add(op.where, "replacing '{}': {}", shown(op.function), keeper->what)
      .object(function->signature())
      .label(function->origin, format("'{}' was created here", function->name))
      .help("{}", keeper->help);
}

extern constexpr Rule replaced_function_in_index{
    .id = "replaced-function-in-index",
    .category = Category::data_loss,
    .severity = Severity::warning,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
