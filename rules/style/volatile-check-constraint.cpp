#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const AddedConstraint &added : constraintsAddedBy(step.op)) {
    const ConstraintDef &constraint = *added.constraint;
    if (constraint.kind != ConstraintKind::check || !constraint.expression)
      continue;
    Volatility volatility =
        volatilityOf(constraint.expression->root, step.before(), report.postgres());
    if (volatility == Volatility::immutable || volatility == Volatility::unknown)
      continue;
    report
        .add(constraint.where,
             "this CHECK of '{}' gives another answer later: rows that passed it "
             "cannot be updated or restored then",
             shown(*added.table))
        .object(fullName(step, *added.table))
        .help("check it in a trigger, when the row is written");
  }
}

extern constexpr Rule volatile_check_constraint{
    .id = "volatile-check-constraint",
    .category = Category::style,
    .severity = Severity::error,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
