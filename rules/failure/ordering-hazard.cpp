#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateTable &op, const Step &step, Report &report) {
  if (!step.at.used_before)
    return;
  const MigrationFile *file = step.at.history->fileOf(*step.at.used_before);
  report
      .add(op.table.where,
           "'{}' is made here, but {} already uses it: on a new database that fails, and where it "
           "does not, this does",
           shown(op.table), file ? file->path : std::string("an earlier statement"))
      .help("order the migrations so that '{}' is made before it is used", shown(op.table))
      .object(fullName(step, op.table))
      .label(*step.at.used_before, format("'{}' is used here", shown(op.table)));
}

extern constexpr Rule ordering_hazard{
    .id = "ordering-hazard",
    .category = Category::failure,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
