#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

static void check(const DropNotNull &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  if (!column || !column->not_null || step.at.isNew(column->origin))
    return;
  const Column *after = columnAfter(step, op.target.relation, op.column);
  // Without a default, this is the first step of retiring the column.
  if (!after || after->not_null || !after->default_value)
    return;
  report
      .add(op.where, "'{}.{}' may be null from now on: code that reads it may not expect that",
           shown(op.target.relation), op.column)
      .object(fullName(step, op.target.relation, op.column))
      .label(column->origin, format("'{}' was defined here", op.column))
      .help("deploy readers that accept null first");
}

static constexpr std::string_view aliases[] = {"squawk:ban-drop-not-null", "pgls:banDropNotNull"};

extern constexpr Rule drop_not_null{
    .id = "drop-not-null",
    .category = Category::compatibility,
    .severity = Severity::info,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
