#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "evolve/routine_use.hpp"

namespace lockstep::rules {

/// True where the change set leaves the column with a value of its own for new rows, or without the
/// column.
static bool stillHasValue(const Column *after) {
  return !after || after->default_value || after->identity != Identity::none ||
         after->generated != Generated::none;
}

static void check(const SetDefault &op, const Step &step, Report &report) {
  if (op.value)
    return;
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  if (column && !column->default_value && !table->partial)
    return;
  const Column *after = columnAfter(step, op.target.relation, op.column);
  if (stillHasValue(after))
    return;
  const Relation *left = relationAfter(step, op.target.relation);
  if (left && triggerFilling(catalogAfter(step), *left, op.column))
    return;
  bool is_new = column && step.at.isNew(column->origin);
  if (is_new && !after->not_null)
    return;
  bool required = after->not_null;
  FindingBuilder finding =
      report.add(op.where, "without its default, '{}.{}' {}", shown(op.target.relation), op.column,
                 required ? "makes each INSERT of running code fail that leaves it out"
                          : "is null in rows of running code that leaves it out");
  finding.object(fullName(step, op.target.relation, op.column))
      .help("keep the default until every writer gives '{}' a value, then drop it in a later "
            "release",
            op.column);
  // What the change set itself added is required from the first moment, as a column added NOT NULL
  // without a default is.
  if (required)
    finding.severity(is_new ? Severity::error : Severity::warning);
}

extern constexpr Rule drop_default{
    .id = "drop-default",
    .category = Category::compatibility,
    .severity = Severity::info,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
