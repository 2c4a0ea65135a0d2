#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

#include <algorithm>
#include <vector>

namespace lockstep::rules {

/// True for an op that changes the schema of an older table.
static bool isDdl(const Op &op, const StatementStep &step) {
  const AlterTarget *target = alterTargetOf(op);
  return target && !step.isNew(target->relation);
}

/// The older table whose rows the op changes, but for single ones; or null.
static const QualifiedName *changedTable(const Op &op, const StatementStep &step) {
  const auto *update = std::get_if<Update>(&op);
  const auto *deletion = std::get_if<Delete>(&op);
  const auto *insert = std::get_if<Insert>(&op);
  const QualifiedName *table = nullptr;
  if (update && rowBoundOf(*update, step.before) != RowBound::keyed)
    table = &update->table;
  else if (deletion && rowBoundOf(*deletion, step.before) != RowBound::keyed)
    table = &deletion->table;
  else if (insert && rowBoundOf(*insert, step.before) > RowBound::keyed)
    table = &insert->table;
  return table && !step.isNew(*table) ? table : nullptr;
}

namespace {
/// What one unit does.
struct UnitFacts {
  uint32_t number = 0;
  const StatementStep *ddl = nullptr; ///< The first that changes the schema of an older table.
  std::vector<const StatementStep *> statements;
};
} // namespace

static void reportUnit(const UnitFacts &unit, Report &report) {
  if (!unit.ddl)
    return;
  for (const StatementStep *step : unit.statements)
    for (const Op &op : step->statement->ops) {
      const QualifiedName *table = changedTable(op, *step);
      if (!table)
        continue;
      report
          .addAt(
              *step, step->statement->range,
              format("this migration alters tables and changes rows of '{}': the one is quick and "
                     "wants a lock, the other is slow and wants none",
                     shown(*table)))
          .label(unit.ddl->origin, "alters a table")
          .help("put the change of rows in a migration of its own");
      return;
    }
}

static void check(const ChangeSet &change_set, Report &report) {
  UnitFacts unit;
  for (const StatementStep &step : change_set.statements) {
    if (step.unit_number != unit.number) {
      reportUnit(unit, report);
      unit = {step.unit_number, nullptr, {}};
    }
    unit.statements.push_back(&step);
    const std::vector<Op> &ops = step.statement->ops;
    if (!unit.ddl &&
        std::any_of(ops.begin(), ops.end(), [&](const Op &op) { return isDdl(op, step); }))
      unit.ddl = &step;
  }
  reportUnit(unit, report);
}

extern constexpr Rule ddl_mixed_with_dml{
    .id = "ddl-mixed-with-dml",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {onChangeSets<&check, Insert, Update, Delete>},
};

} // namespace lockstep::rules
