#include "engine/report.hpp"
#include "history/formats/format.hpp"

namespace lockstep::rules {

static void check(const FileReading &reading, Report &report) {
  const Migration *other = reading.standing.same_version;
  if (!other)
    return;
  report
      .add({}, "version {} is taken by {}: {} {}", reading.migration->version,
           other->files.front().path, reading.history->framework,
           reading.history->format->conduct.same_version)
      .help("give this migration a version of its own, later than all others");
}

extern constexpr Rule duplicate_version{
    .id = "duplicate-version",
    .category = Category::hygiene,
    .severity = Severity::error,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
