#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/routine_use.hpp"

#include <algorithm>

namespace lockstep::rules {

static void check(const DropColumn &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  if (!column || !column->not_null || column->default_value || step.at.isNew(column->origin) ||
      column->identity != Identity::none || column->generated != Generated::none ||
      triggerFilling(step.before(), *table, op.column))
    return;
  const Constraint *key = table->primaryKey();
  if (key && std::find(key->columns.begin(), key->columns.end(), op.column) != key->columns.end())
    return;
  report
      .add(op.where,
           "'{}.{}' is NOT NULL without a default until it is dropped: code that no longer "
           "writes it fails before this runs",
           shown(op.target.relation), op.column)
      .object(fullName(step, op.target.relation, op.column))
      .label(column->origin, format("'{}' was defined here", op.column))
      .help("ALTER TABLE {} ALTER COLUMN {} DROP NOT NULL in an earlier release, before code stops "
            "writing it",
            shown(op.target.relation), quoteIdentifier(op.column));
}

extern constexpr Rule drop_column_before_relaxing_not_null{
    .id = "drop-column-before-relaxing-not-null",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
