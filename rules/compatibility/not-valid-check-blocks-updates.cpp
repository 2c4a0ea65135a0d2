#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// True where the change set gives the column's rows a value before the step.
static bool isBackfilled(const Relation &table, std::string_view column, const Step &step) {
  for (const StatementStep &each : step.at.change_set->statements) {
    if (each.number >= step.at.number)
      break;
    for (const Op &op : each.statement->ops) {
      const auto *update = std::get_if<Update>(&op);
      const Relation *target = update ? each.before.findRelation(update->table) : nullptr;
      if (target && target->id == table.id)
        for (const Assignment &assignment : update->assignments)
          if (assignment.column == column)
            return true;
    }
  }
  return false;
}

static bool forbidsNull(const ConstraintDef &constraint, std::string_view column) {
  if (constraint.kind == ConstraintKind::not_null)
    return constraint.columns.front() == column;
  return constraint.kind == ConstraintKind::check && constraint.expression &&
         provesNotNull(constraint.expression->root, column);
}

static void check(const AddConstraint &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  if (!table || !op.constraint.not_valid || !op.constraint.enforced)
    return;
  for (const Column &column : table->columns) {
    // Only of a column that the change set adds is it known that the rows have none.
    bool is_empty = step.at.isNew(column.origin) && !column.default_value &&
                    column.identity == Identity::none && column.generated == Generated::none;
    if (!is_empty || !forbidsNull(op.constraint, column.name) ||
        isBackfilled(*table, column.name, step))
      continue;
    FindingBuilder finding = report.add(
        op.where,
        "'{}.{}' is null in every row: until it is backfilled, each UPDATE of any column of such a "
        "row fails",
        shown(op.target.relation), column.name);
    finding.object(fullName(step, op.target.relation, column.name))
        .severity(Severity::warning)
        .label(column.origin, format("'{}' was added here, without a default", column.name))
        .help("fill '{}' first (by a trigger for new rows, in batches for old ones), then add the "
              "constraint NOT VALID and validate it",
              column.name);
    return;
  }
}

extern constexpr Rule not_valid_check_blocks_updates{
    .id = "not-valid-check-blocks-updates",
    .category = Category::compatibility,
    .severity = Severity::info,
    .phase = Phase::expand,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
