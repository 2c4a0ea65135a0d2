#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

/// True for an op that changes the schema of an older table.
static bool isDdl(const Op &op, const StatementStep &step) {
  const AlterTarget *target = alterTargetOf(op);
  return target && !step.isNew(target->relation);
}

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

static void check(const ChangeSet &change_set, Report &report) {
  uint32_t unit = 0;
  const StatementStep *ddl = nullptr;
  const StatementStep *dml = nullptr;
  const QualifiedName *table = nullptr;
  auto closeUnit = [&] {
    if (ddl && dml)
      report
          .addAt(
              *dml, dml->statement->range,
              format("this migration alters tables and changes rows of '{}': the one is quick and "
                     "wants a lock, the other is slow and wants none",
                     shown(*table)))
          .label(ddl->statement->range, "alters a table")
          .help("put the change of rows in a migration of its own");
    ddl = dml = nullptr;
  };
  for (const StatementStep &step : change_set.statements) {
    if (step.unit_number != unit)
      closeUnit();
    unit = step.unit_number;
    for (const Op &op : step.statement->ops) {
      if (!ddl && isDdl(op, step))
        ddl = &step;
      const QualifiedName *changed = dml ? nullptr : changedTable(op, step);
      if (changed) {
        dml = &step;
        table = changed;
      }
    }
  }
  closeUnit();
}

extern constexpr Rule ddl_mixed_with_dml{
    .id = "ddl-mixed-with-dml",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
