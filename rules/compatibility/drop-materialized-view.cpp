#include "rules/compatibility/dropped_view.hpp"

namespace lockstep::rules {

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind == ObjectKind::materialized_view)
    reportDroppedView(op, step, report, "materialized view",
                      "drop and create it in one transaction");
}

extern constexpr Rule drop_materialized_view{
    .id = "drop-materialized-view",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
