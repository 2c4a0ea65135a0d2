#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const AddedConstraint &added : constraintsAddedBy(step.op)) {
    if (added.constraint->kind != ConstraintKind::foreign_key)
      continue;
    const Relation *referenced = step.before().findRelation(added.constraint->referenced);
    if (!referenced || referenced->kind != RelationKind::partitioned_table ||
        step.at.isNew(*referenced))
      continue;
    report
        .add(added.constraint->where, "this foreign key locks '{}' and every partition of it; {}",
             shown(*referenced), lockPhrase(step.at, LockMode::share_row_exclusive))
        .object(referenced->qualifiedName())
        .help("SET lock_timeout before it, and add no other lock to its transaction");
  }
}

extern constexpr Rule fk_to_partitioned_table{
    .id = "fk-to-partitioned-table",
    .category = Category::locking,
    .severity = Severity::info,
    .preset = Preset::strict,
    .checks = onGiving<&check, Gives::columns, Gives::constraint>,
};

} // namespace lockstep::rules
