#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

/// WITH NO DATA empties the view, and it can be queried again only after the next REFRESH
/// (relispopulated, pg_class).
static void check(const RefreshMaterializedView &op, const Step &step, Report &report) {
  const Relation *after = relationAfter(step, op.view);
  if (op.with_data || step.at.isNew(op.view) || (after && after->populated))
    return;
  report
      .add(op.where,
           "this empties '{}': each query of it fails until the next REFRESH (SQLSTATE 55000)",
           shown(op.view))
      .object(fullName(step, op.view))
      .help("REFRESH MATERIALIZED VIEW CONCURRENTLY {}, or drop the view once no code uses it",
            shown(op.view));
}

extern constexpr Rule matview_left_unpopulated{
    .id = "matview-left-unpopulated",
    .category = Category::compatibility,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
