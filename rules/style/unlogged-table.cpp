#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const CreateTable &op, const Step &step, Report &report) {
  if (op.persistence == Persistence::unlogged)
    report
        .add(op.where, "'{}' is unlogged: it is empty after a crash, and on every replica",
             shown(op.table))
        .object(fullName(step, op.table))
        .help("leave UNLOGGED out for rows that cannot be made again");
}

extern constexpr Rule unlogged_table{
    .id = "unlogged-table",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
