#include "engine/report.hpp"
#include "history/formats/format.hpp"

namespace lockstep::rules {

static void check(const FileReading &reading, Report &report) {
  const Migration *later = reading.standing.overtaken_by;
  if (!later || !reading.history->format)
    return;
  const Conduct &conduct = reading.history->format->conduct;
  if (conduct.overtaken.empty())
    return;
  FindingBuilder finding =
      report.add({}, "this new migration comes before {}, which servers may have run: {} {}",
                 later->version, reading.history->framework, conduct.overtaken);
  finding.help("give it a version after {}", later->version);
  if (conduct.runs_overtaken)
    finding.severity(Severity::warning);
}

static constexpr std::string_view aliases[] = {"atlas:NL101"};

extern constexpr Rule non_linear_history{
    .id = "non-linear-history",
    .category = Category::hygiene,
    .severity = Severity::error,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
