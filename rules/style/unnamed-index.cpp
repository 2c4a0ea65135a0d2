#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateIndex &op, const Step &step, Report &report) {
  if (!op.name.empty())
    return;
  report
      .add(op.where,
           "this index of '{}' has no name of its own: run twice it is there twice, and "
           "the server's choice differs where names are taken",
           shown(op.table))
      .object(fullName(step, op.table))
      .help("name it");
}

extern constexpr Rule unnamed_index{
    .id = "unnamed-index",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
