#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

/// True where every column that is set was added after the table: the statement fills it in.
static bool fillsNewColumns(const Update &op, const Relation *table) {
  if (!table || op.assignments.empty())
    return false;
  for (const Assignment &assignment : op.assignments) {
    const Column *column = table->findColumn(assignment.column);
    if (!column || column->origin.isBase() || column->origin.statement == table->origin.statement)
      return false;
  }
  return true;
}

static void check(const Update &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.table);
  if (op.has_from || !isTautology(op.condition.get(), table))
    return;
  if (fillsNewColumns(op, table))
    return;
  report
      .add(op.where, "this overwrites {} every row of '{}': it has no condition",
           op.assignments.size() == 1 ? format("'{}' in", op.assignments.front().column)
                                      : std::string("columns in"),
           shown(op.table))
      .object(fullName(step, op.table))
      .help("add a WHERE that names the rows to change, and change them in batches");
}

static constexpr std::string_view aliases[] = {"pgls:banUpdateWithoutWhere"};

extern constexpr Rule update_without_where{
    .id = "update-without-where",
    .category = Category::data_loss,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
