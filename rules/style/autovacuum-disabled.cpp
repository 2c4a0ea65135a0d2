#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

static bool disables(const std::vector<Option> &options) {
  return std::any_of(options.begin(), options.end(), [](const Option &option) {
    return option.name == "autovacuum_enabled" &&
           (option.value == "false" || option.value == "off" || option.value == "0");
  });
}

static void reportDisabled(const QualifiedName &table, Range where, const Step &step,
                           Report &report) {
  report
      .add(where,
           "'{}' is no longer vacuumed: it grows with each update, and its statistics go "
           "stale",
           shown(table))
      .object(fullName(step, table))
      .help("tune autovacuum_vacuum_scale_factor and its like instead");
}

static void checkCreate(const CreateTable &op, const Step &step, Report &out) {
  if (disables(op.options) && op.persistence != Persistence::temporary)
    reportDisabled(op.table, op.where, step, out);
}

static void checkAlter(const AlterTableSetting &op, const Step &step, Report &out) {
  if (op.setting == TableSetting::options && disables(op.options))
    reportDisabled(op.target.relation, op.where, step, out);
}

extern constexpr Rule autovacuum_disabled{
    .id = "autovacuum-disabled",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .checks = {on<&checkCreate>, on<&checkAlter>},
};

} // namespace lockstep::rules
