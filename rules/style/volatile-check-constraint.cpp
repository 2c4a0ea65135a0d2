#include "effects/facts/folded_expression.hpp"
#include "effects/facts/function_call.hpp"
#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// True where the CHECK asks for the time, the user or chance: a function without arguments that is
/// not immutable, or a word such as CURRENT_TIMESTAMP. What depends on its arguments' types is not
/// judged: a CHECK's columns are not resolved here.
static bool changesItsMind(const Expression &root, const Catalog &catalog, int postgres) {
  bool found = false;
  forEachNode(root, [&](const Expression &node) {
    bool asks = node.kind == ExpressionKind::special ||
                (node.kind == ExpressionKind::function && node.arguments.empty());
    if (!asks)
      return;
    Volatility volatility = volatilityOf(node, catalog, postgres);
    found = found || volatility == Volatility::stable || volatility == Volatility::volatile_;
  });
  return found;
}

static void check(const Step &step, Report &report) {
  for (const AddedConstraint &added : constraintsAddedBy(step.op)) {
    const ConstraintDef &constraint = *added.constraint;
    if (constraint.kind != ConstraintKind::check || !constraint.expression)
      continue;
    if (!changesItsMind(constraint.expression->root, step.before(), report.postgres()))
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
    .checks = onGiving<&check, Gives::columns, Gives::constraint>,
};

} // namespace lockstep::rules
