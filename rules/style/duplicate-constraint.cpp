#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

/// A constraint of the table that says the same under another name, or null.
static const Constraint *twinOf(const ConstraintDef &added, const Relation &table,
                                const Catalog &catalog) {
  for (const Constraint &other : table.constraints) {
    if (other.kind != added.kind || other.name == added.name)
      continue;
    if (added.kind == ConstraintKind::check && added.expression && other.expression &&
        other.expression->text == added.expression->text)
      return &other;
    const Relation *target = catalog.findRelation(added.referenced);
    if (added.kind == ConstraintKind::foreign_key && target && other.referenced == target->id &&
        other.columns == added.columns && other.on_delete == added.on_delete &&
        other.on_update == added.on_update)
      return &other;
    if (added.kind == ConstraintKind::unique && added.using_index.empty() &&
        other.columns == added.columns)
      return &other;
  }
  return nullptr;
}

/// True where the new one takes the old one's place.
static bool isGone(const Constraint &constraint, const QualifiedName &table, const Step &step) {
  const Relation *after = relationAfter(step, table);
  return after && !after->findConstraint(constraint.name);
}

static void check(const AddConstraint &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Constraint *twin = table ? twinOf(op.constraint, *table, step.before()) : nullptr;
  if (!twin || isGone(*twin, op.target.relation, step))
    return;
  report
      .add(op.constraint.where, "'{}' of '{}' says the same: each write checks it twice",
           twin->name, shown(op.target.relation))
      .object(fullName(step, op.target.relation))
      .label(twin->origin, "added here")
      .help("keep one of the two");
}

extern constexpr Rule duplicate_constraint{
    .id = "duplicate-constraint",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
