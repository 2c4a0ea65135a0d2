#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// CONCURRENTLY needs a unique index on plain columns without a predicate (matview.c,
/// is_usable_unique_index).
static bool hasUsableIndex(const Relation &view, const Catalog &catalog) {
  std::vector<const Relation *> indexes = catalog.indexesOf(view);
  return std::any_of(indexes.begin(), indexes.end(), [](const Relation *index) {
    const IndexInfo &info = *index->index;
    return info.unique && info.valid && !info.predicate &&
           std::none_of(info.elements.begin(), info.elements.end(),
                        [](const IndexElement &element) { return element.expression != nullptr; });
  });
}

static void check(const RefreshMaterializedView &op, const Step &step, Report &report) {
  if (op.concurrently || !op.with_data)
    return;
  const Relation *view = step.before().findRelation(op.view);
  if (view && !view->populated)
    return;
  std::string help = "REFRESH MATERIALIZED VIEW CONCURRENTLY";
  bool usable = view && hasUsableIndex(*view, step.before());
  if (view && !view->partial && !usable)
    help = format("CREATE UNIQUE INDEX CONCURRENTLY on plain columns of '{}', then {}",
                  shown(op.view), help);
  FindingBuilder finding =
      report.add(op.where, "refreshing '{}' computes all of it anew; {}", shown(op.view),
                 lockPhrase(step.at, LockMode::access_exclusive));
  finding.object(fullName(step, op.view)).help("{}", help);
  std::optional<uint32_t> end = endOfWord(step.at, "view");
  if (end && usable)
    finding.fix("refresh concurrently", FixSafety::unsafe, {{*end, *end}, " CONCURRENTLY"});
}

static constexpr std::string_view aliases[] = {"pgls:requireConcurrentRefreshMatview"};

extern constexpr Rule refresh_materialized_view_non_concurrently{
    .id = "refresh-materialized-view-non-concurrently",
    .category = Category::locking,
    .severity = Severity::error,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
