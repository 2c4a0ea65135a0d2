#include "engine/report.hpp"
#include "evolve/reversal.hpp"

namespace lockstep::rules {

static void check(const ChangeSet &change_set, Report &report) {
  if (!change_set.undone)
    return;
  for (const StatementStep &step : change_set.undone->up->statements) {
    if (step.migration != change_set.undone->migration)
      continue;
    for (const Op &op : step.statement->ops)
      if (std::optional<std::string> loss = lossOf(op, step))
        report
            .addAt(step, whereOf(op),
                   format("this destroys {}: no down part can bring them back", *loss))
            .help("copy them away first, or keep them until the release has proved itself");
  }
}

extern constexpr Rule irreversible_migration{
    .id = "irreversible-migration",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
