#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AddEnumValue &op, const Step &, Report &report) {
  if (op.neighbour.empty())
    report
        .add(op.where, "'{}' goes behind all other labels of '{}': ORDER BY puts it last", op.value,
             shown(op.type))
        .help("say BEFORE or AFTER which label");
}

static constexpr std::string_view aliases[] = {"squawk:require-enum-value-ordering"};

extern constexpr Rule enum_value_without_position{
    .id = "enum-value-without-position",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
