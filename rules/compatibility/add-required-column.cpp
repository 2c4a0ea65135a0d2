#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// True where new rows get a value without being given one.
static bool hasDefault(const ColumnDef &column, const Catalog &catalog) {
  if (column.generated != Generated::none || column.identity != Identity::none)
    return true;
  if (column.default_value)
    return column.default_value->root.kind != ExpressionKind::null_constant;
  if (column.type.schema.empty() && column.type.name.find("serial") != std::string::npos)
    return true;
  const Type *type = catalog.findType({column.type.schema, column.type.name, {}});
  return type && type->kind == TypeKind::domain && type->default_value;
}

static bool isRequired(const ColumnDef &column) {
  for (const ConstraintDef &constraint : column.constraints)
    if (constraint.kind == ConstraintKind::primary_key)
      return true;
  return column.not_null;
}

static void check(const AddColumn &op, const Step &step, Report &report) {
  if (!isRequired(op.column) || hasDefault(op.column, step.before()))
    return;
  const Relation *table = step.before().findRelation(op.target.relation);
  if (op.if_not_exists && table && table->findColumn(op.column.name))
    return;
  report
      .add(op.column.where,
           "adding '{}' NOT NULL without a default fails if '{}' has rows, and INSERTs of running "
           "code that leave it out fail from then on",
           op.column.name, shown(op.target.relation))
      .object(fullName(step, op.target.relation, op.column.name))
      .help("add it nullable or with a constant DEFAULT; set NOT NULL once every writer fills it");
}

static constexpr std::string_view aliases[] = {
    "squawk:adding-required-field", "pgls:addingRequiredField", "atlas:MF103", "atlas:data_depend"};

extern constexpr Rule add_required_column{
    .id = "add-required-column",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::expand,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
