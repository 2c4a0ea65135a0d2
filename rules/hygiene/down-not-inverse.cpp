#include "engine/report.hpp"
#include "evolve/reversal.hpp"

namespace lockstep::rules {

static void check(const ChangeSet &change_set, Report &report) {
  if (!change_set.undone || change_set.statements.empty())
    return;
  const StatementStep &last = change_set.statements.back();
  for (const Difference &difference : differencesAfterDown(change_set)) {
    FindingBuilder finding = report.addAt(
        last, last.statement->range,
        format("after this down part the schema is not what it was: {}", difference.message));
    finding.object(difference.object).help("take back all that the up part does");
    if (!difference.origin.isBase())
      finding.label(difference.origin, "made here");
  }
}

extern constexpr Rule down_not_inverse{
    .id = "down-not-inverse",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
