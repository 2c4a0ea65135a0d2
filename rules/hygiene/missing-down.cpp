#include "engine/report.hpp"

namespace lockstep::rules {

static void check(const FileReading &reading, Report &report) {
  if (reading.standing.lacks_down)
    report.add({}, "nothing takes this migration back: it has no down part")
        .help("write one, or an empty one with a comment that says why there is nothing to do");
}

extern constexpr Rule missing_down{
    .id = "missing-down",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
