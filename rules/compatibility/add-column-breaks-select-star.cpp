#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

/// A string-bodied SQL function that returns `SELECT *` of the relation as other columns than its
/// row type.
static const Function *starFunction(const Step &step, const Relation &relation) {
  const Catalog &after = catalogAfter(step);
  for (const Function *function : step.before().functions()) {
    const Function *left = after.function(function->id);
    if (!function->definition || function->definition->language != "sql" ||
        function->definition->is_atomic || function->definition->body.statements.empty() || !left ||
        left->definition != function->definition ||
        function->definition->returns.name == relation.name ||
        function->definition->returns.name == "void")
      continue;
    const EmbeddedStatement &last = function->definition->body.statements.back();
    if (!last.statement || last.statement->ops.empty())
      continue;
    const auto *select = std::get_if<Select>(&last.statement->ops.front());
    if (!select || select->query.outputs.size() != 1 || select->query.outputs.front().name != "*" ||
        select->query.relations.size() != 1)
      continue;
    const Relation *source = step.before().findRelation(select->query.relations.front().name);
    if (source && source->id == relation.id)
      return function;
  }
  return nullptr;
}

static void tell(const AlterTarget &target, Range where, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(target.relation);
  const Function *function = table ? starFunction(step, *table) : nullptr;
  if (!function)
    return;
  report
      .add(where,
           "function '{}' returns SELECT * of '{}': with other columns than it declares, its "
           "calls fail (SQLSTATE 42P13)",
           function->name, shown(target.relation))
      .object(function->signature())
      .label(function->origin, format("'{}' was created here", function->name))
      .help("CREATE OR REPLACE FUNCTION with the columns by name first");
}

static void checkAdd(const AddColumn &op, const Step &step, Report &report) {
  tell(op.target, op.where, step, report);
}

static void checkDrop(const DropColumn &op, const Step &step, Report &report) {
  tell(op.target, op.where, step, report);
}

extern constexpr Rule add_column_breaks_select_star{
    .id = "add-column-breaks-select-star",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&checkAdd>, on<&checkDrop>},
};

} // namespace lockstep::rules
