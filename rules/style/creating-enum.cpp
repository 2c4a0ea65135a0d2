#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateEnum &op, const Step &, Report &report) {
  report
      .add(op.where, "labels of enum '{}' can be added and renamed, but never taken out",
           shown(op.type))
      .help("a lookup table, or text with a CHECK");
}

static constexpr std::string_view aliases[] = {"eugene:W13", "pgls:creatingEnum"};

extern constexpr Rule creating_enum{
    .id = "creating-enum",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
