#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

static bool isMixed(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

static void check(const CreateTable &op, const Step &step, Report &report) {
  if (isMixed(op.table.name))
    report
        .add(op.table.where, "'{}' has capitals: it must be quoted wherever it is named",
             shown(op.table))
        .object(fullName(step, op.table))
        .help("lower case with underscores");
}

extern constexpr Rule mixed_case_name{
    .id = "mixed-case-name",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
