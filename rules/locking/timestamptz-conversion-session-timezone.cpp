#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AlterColumnType &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  if (!column || op.using_expression || step.before().setting("timezone"))
    return;
  bool to_zone = isBuiltin(column->type, "timestamp") && isBuiltin(op.type, "timestamptz");
  bool from_zone = isBuiltin(column->type, "timestamptz") && isBuiltin(op.type, "timestamp");
  if (!to_zone && !from_zone)
    return;
  report
      .add(op.where,
           "this reads '{}.{}' in the session's TimeZone, which the migration does not "
           "set: another setting gives other values, and any but UTC rewrites the table",
           shown(op.target.relation), op.column)
      .object(fullName(step, op.target.relation, op.column))
      .help("SET LOCAL timezone = 'UTC' before it, if that is what the values mean");
}

extern constexpr Rule timestamptz_conversion_session_timezone{
    .id = "timestamptz-conversion-session-timezone",
    .category = Category::locking,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
