#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "evolve/routine_use.hpp"

namespace lockstep::rules {

/// The column of the table that the assignment copies from, or null.
static const Column *copiedFrom(const Assignment &assignment, const Relation &table) {
  const Column *source = nullptr;
  forEachNode(assignment.value, [&](const Expression &node) {
    if (node.kind == ExpressionKind::column && node.name != assignment.column)
      if (const Column *column = table.findColumn(node.name))
        source = column;
  });
  return source;
}

/// The statement after the step that makes a trigger which fills the column, or null.
static const StatementStep *syncTriggerAfter(const Relation &table, std::string_view column,
                                             const Step &step) {
  const ChangeSet &change_set = *step.at.change_set;
  for (const StatementStep *next = change_set.next(step.at); next; next = change_set.next(*next))
    for (const Op &op : next->statement->ops) {
      const auto *create = std::get_if<CreateTrigger>(&op);
      const Relation *on = create ? next->before.findRelation(create->table) : nullptr;
      if (!on || on->id != table.id)
        continue;
      const Catalog &after = catalogAfter(*next);
      const Relation *left = after.relation(table.id);
      const Trigger *trigger = left ? triggerFilling(after, *left, column) : nullptr;
      if (trigger && trigger->name == create->name)
        return next;
    }
  return nullptr;
}

static void check(const Update &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.table);
  if (!table)
    return;
  for (const Assignment &assignment : op.assignments) {
    const Column *target = table->findColumn(assignment.column);
    const Column *source = copiedFrom(assignment, *table);
    if (!target || !source || target->origin.statement <= source->origin.statement ||
        triggerFilling(step.before(), *table, target->name))
      continue;
    const StatementStep *trigger = syncTriggerAfter(*table, target->name, step);
    if (!trigger || sharesTransaction(step.at, *trigger))
      continue;
    FindingBuilder finding =
        report.add(op.where,
                   "rows that running code writes between this backfill of '{}.{}' and its sync "
                   "trigger keep a stale '{}'",
                   shown(op.table), target->name, target->name);
    finding.object(fullName(step, op.table, target->name))
        .help("create the trigger before the backfill");
    if (trigger->file == step.at.file)
      finding.label(trigger->origin, "the trigger comes only here");
    return;
  }
}

extern constexpr Rule backfill_before_sync_trigger{
    .id = "backfill-before-sync-trigger",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
