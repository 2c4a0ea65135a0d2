#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const GivenType &given : typesGivenBy(step.op)) {
    if (!isBuiltin(*given.type, "timestamp"))
      continue;
    FindingBuilder finding = report.add(given.where,
                                        "'{}.{}' is timestamp without time zone: the same value is "
                                        "another moment in another session",
                                        shown(*given.table), given.column);
    finding.object(fullName(step, *given.table, given.column)).help("timestamptz");
    finding.fix("use timestamptz", FixSafety::unsafe, {given.type->where, "timestamptz"});
  }
}

static constexpr std::string_view aliases[] = {
    "squawk:prefer-timestamp-tz", "squawk:prefer-timestamptz", "pgls:preferTimestamptz"};

extern constexpr Rule timestamp_without_time_zone{
    .id = "timestamp-without-time-zone",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .aliases = aliases,
    .checks = onGiving<&check, Gives::columns, Gives::type>,
};

} // namespace lockstep::rules
