#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <utility>

namespace lockstep::rules {

static void check(const Step &step, Report &report) {
  for (const GivenType &given : typesGivenBy(step.op)) {
    TypeName element = *given.type;
    const bool is_array = std::exchange(element.array_dimensions, 0) > 0;
    if (!isBuiltin(element, "bpchar"))
      continue;
    FindingBuilder finding =
        report.add(given.where,
                   "'{}.{}' is {}: values are padded with blanks, and a "
                   "later change of the length rewrites the table",
                   shown(*given.table), given.column, is_array ? "an array of char(n)" : "char(n)");
    finding.object(fullName(step, *given.table, given.column)).help(is_array ? "text[]" : "text");
    if (!is_array)
      finding.fix("use text", FixSafety::unsafe, {given.type->where, "text"});
  }
}

static constexpr std::string_view aliases[] = {"squawk:ban-char-field", "pgls:banCharField"};

extern constexpr Rule char_column{
    .id = "char-column",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .aliases = aliases,
    .checks = onGiving<&check, Gives::columns, Gives::type>,
};

} // namespace lockstep::rules
