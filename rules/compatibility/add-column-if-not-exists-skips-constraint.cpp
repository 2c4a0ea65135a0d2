#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// What IF NOT EXISTS leaves out where the column is there.
static std::vector<std::string> skipped(const ColumnDef &column) {
  std::vector<std::string> parts;
  if (column.default_value)
    parts.push_back("DEFAULT");
  for (const ConstraintDef &constraint : column.constraints)
    switch (constraint.kind) {
    case ConstraintKind::check:
      parts.push_back("CHECK");
      break;
    case ConstraintKind::not_null:
      parts.push_back("NOT NULL");
      break;
    case ConstraintKind::unique:
      parts.push_back("UNIQUE");
      break;
    case ConstraintKind::primary_key:
      parts.push_back("PRIMARY KEY");
      break;
    case ConstraintKind::foreign_key:
      parts.push_back("REFERENCES");
      break;
    case ConstraintKind::exclusion:
      break;
    }
  return parts;
}

static void check(const AddColumn &op, const Step &step, Report &report) {
  if (!op.if_not_exists)
    return;
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column.name) : nullptr;
  std::vector<std::string> parts = skipped(op.column);
  if (!column || parts.empty())
    return;
  report
      .add(op.where, "'{}.{}' is there already: IF NOT EXISTS skips {}, too",
           shown(op.target.relation), op.column.name, listed(parts))
      .object(fullName(step, op.target.relation, op.column.name))
      .label(column->origin, format("'{}' was defined here", op.column.name))
      .help("set the default and add the constraints by statements of their own");
}

extern constexpr Rule add_column_if_not_exists_skips_constraint{
    .id = "add-column-if-not-exists-skips-constraint",
    .category = Category::compatibility,
    .severity = Severity::error,
    .preset = Preset::strict,
    .on_new_objects = true,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
