#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const GivenType &given : typesGivenBy(step.op)) {
    if (!(isBuiltin(*given.type, "varchar") && !given.type->modifiers.empty()))
      continue;
    FindingBuilder finding = report.add(
        given.where,
        "'{}.{}' is varchar(n): a shorter limit rewrites the table, a CHECK can be changed without",
        shown(*given.table), given.column);
    finding.object(fullName(step, *given.table, given.column))
        .help("text with CHECK (char_length(…) <= n)");
  }
}

static constexpr std::string_view aliases[] = {"squawk:prefer-text-field", "pgls:preferTextField"};

extern constexpr Rule varchar_column{
    .id = "varchar-column",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .aliases = aliases,
    .checks = onGiving<&check, Gives::columns, Gives::type>,
};

} // namespace lockstep::rules
