#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <map>

namespace lockstep::rules {

namespace {
/// An index that the change set built on an older table.
struct Built {
  const StatementStep *step = nullptr;
  std::string index;
};
} // namespace

static void check(const ChangeSet &change_set, Report &report) {
  std::map<std::string, Built> built;
  for (const StatementStep &step : change_set.statements) {
    const Effects &effects = step.effects.total();
    for (const Rewrite &rewrite : effects.rewrites) {
      auto earlier = built.find(rewrite.relation.name);
      if (earlier == built.end() || rewrite.reason == RewriteReason::truncate ||
          step.isNew(rewrite.relation))
        continue;
      report
          .addAt(
              step, step.statement->range,
              format("this writes '{}' anew, and with it index '{}', which the same deploy built "
                     "before: the index is built twice",
                     shown(rewrite.relation), earlier->second.index))
          .object(rewrite.relation.name)
          .label(earlier->second.step->origin, "built here")
          .help("rewrite first, build the index afterwards");
      built.erase(earlier);
    }
    for (const IndexBuild &build : effects.index_builds)
      if (!build.rebuild && !step.isNew(build.table))
        built[build.table.name] = {&step, shown(build.index)};
  }
}

extern constexpr Rule create_then_rewrite{
    .id = "create-then-rewrite",
    .category = Category::locking,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
