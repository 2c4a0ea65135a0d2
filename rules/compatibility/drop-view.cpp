#include "rules/compatibility/dropped_view.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind == ObjectKind::view)
    reportDroppedView(op, step, report, "view",
                      "use CREATE OR REPLACE VIEW, or drop and create it in one transaction");
}

extern constexpr Rule drop_view{
    .id = "drop-view",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
