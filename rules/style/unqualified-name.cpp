#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateTable &op, const Step &, Report &report) {
  if (op.table.schema.empty() && op.persistence != Persistence::temporary)
    report
        .add(op.table.where, "search_path decides in which schema '{}' comes to be", op.table.name)
        .help("name the schema");
}

static constexpr std::string_view aliases[] = {"squawk:require-table-schema"};

extern constexpr Rule unqualified_name{
    .id = "unqualified-name",
    .category = Category::style,
    .severity = Severity::info,
    .preset = Preset::opt_in,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
