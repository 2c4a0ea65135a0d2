#include "engine/report.hpp"
#include "history/formats/format.hpp"

namespace lockstep::rules {

static void check(const FileReading &reading, Report &report) {
  if (reading.standing.deleted)
    report
        .add({}, "servers may have run this migration, and it is gone: those that are set up from "
                 "now on go without it")
        .help("put the file back, and take back what it did by a new migration");
  if (!reading.standing.changed)
    return;
  std::string_view conduct =
      reading.history->format ? reading.history->format->conduct.changed : std::string_view();
  std::string message = "servers may have run this migration before it was changed: ";
  if (conduct.empty())
    message += format("{} does not run it again, so that they go without the change",
                      reading.history->framework);
  else
    message += format("{} {}", reading.history->framework, conduct);
  report.add(*reading.standing.changed, std::move(message))
      .help("take the change back and put it into a new migration");
}

extern constexpr Rule changed_applied_migration{
    .id = "changed-applied-migration",
    .category = Category::hygiene,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
