#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AddConstraint &op, const Step &step, Report &report) {
  if (!supports(report.postgres(), Feature::not_valid_not_null) ||
      op.constraint.kind != ConstraintKind::check || !op.constraint.not_valid ||
      !op.constraint.expression ||
      op.constraint.expression->root.kind != ExpressionKind::is_not_null)
    return;
  std::vector<std::string> columns = columnsOf(op.constraint.expression->root);
  if (columns.size() != 1)
    return;
  report
      .add(op.constraint.where,
           "since PostgreSQL 18 NOT NULL itself can be NOT VALID: the CHECK is "
           "a step too many on the way to it")
      .object(fullName(step, op.target.relation, columns.front()))
      .help("ALTER TABLE {} ADD CONSTRAINT {} NOT NULL {} NOT VALID, then VALIDATE CONSTRAINT",
            shown(op.target.relation),
            quoteIdentifier(op.constraint.name.empty() ? columns.front() + "_not_null"
                                                       : op.constraint.name),
            quoteIdentifier(columns.front()));
}

extern constexpr Rule redundant_not_null_check_on_pg18{
    .id = "redundant-not-null-check-on-pg18",
    .category = Category::locking,
    .severity = Severity::info,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
