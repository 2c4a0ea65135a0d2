#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const GivenType &given : typesGivenBy(step.op)) {
    if (!isBuiltin(*given.type, "json"))
      continue;
    FindingBuilder finding = report.add(
        given.where,
        "'{}.{}' is json: it has no equality, so that DISTINCT, GROUP BY and UNIQUE fail on it",
        shown(*given.table), given.column);
    finding.object(fullName(step, *given.table, given.column)).help("jsonb");
    finding.fix("use jsonb", FixSafety::unsafe, {given.type->where, "jsonb"});
  }
}

static constexpr std::string_view aliases[] = {
    "eugene:E3", "pgls:preferJsonb", "squawk:prefer-jsonb", "strong_migrations:add_column_json"};

extern constexpr Rule json_column{
    .id = "json-column",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .aliases = aliases,
    .checks = onGiving<&check, Gives::columns, Gives::type>,
};

} // namespace lockstep::rules
