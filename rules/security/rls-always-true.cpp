#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/row_bound.hpp"

namespace lockstep::rules {

static bool isTrue(const SqlExpressionPointer &expression) {
  return expression && isTautology(&expression->root);
}

static void check(const CreatePolicy &op, const Step &step, Report &report) {
  if (!op.permissive || op.command == "select")
    return;
  if (!isTrue(op.using_expression) && !isTrue(op.check_expression))
    return;
  report
      .add(op.where,
           "policy '{}' lets its roles write every row of '{}': its condition is always "
           "true",
           op.name, shown(op.table))
      .object(fullName(step, op.table))
      .help("name the rows that the role may write");
}

extern constexpr Rule rls_always_true{
    .id = "rls-always-true",
    .category = Category::security,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
