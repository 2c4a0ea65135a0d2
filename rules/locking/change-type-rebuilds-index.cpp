#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AlterColumnType &op, const Step &step, Report &report) {
  if (!step.effects.rewrites.empty())
    return;
  std::vector<std::string> indexes;
  for (const IndexBuild &build : step.effects.index_builds)
    if (build.rebuild)
      indexes.push_back(shown(build.index));
  if (indexes.empty())
    return;
  report
      .add(op.where, "this change of '{}.{}' keeps the table's rows but builds {} anew; {}",
           shown(op.target.relation), op.column, listed(indexes),
           lockPhrase(step.at, LockMode::access_exclusive))
      .object(fullName(step, op.target.relation, op.column))
      .help("DROP INDEX CONCURRENTLY first and CREATE INDEX CONCURRENTLY afterwards, each outside "
            "the transaction");
}

extern constexpr Rule change_type_rebuilds_index{
    .id = "change-type-rebuilds-index",
    .category = Category::locking,
    .severity = Severity::warning,
    .phase = Phase::migrate,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
