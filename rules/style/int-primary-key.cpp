#include "effects/facts/new_column.hpp"
#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static bool isSmall(const TypeName &type) {
  return isBuiltin(type, "int4") || isBuiltin(type, "int2") || isBuiltin(type, "serial") ||
         isBuiltin(type, "serial4") || isBuiltin(type, "serial2") ||
         isBuiltin(type, "smallserial") ||
         (type.schema.empty() && type.array_dimensions == 0 &&
          (type.name == "int" || type.name == "integer" || type.name == "smallint"));
}

static void check(const CreateTable &op, const Step &step, Report &report) {
  if (op.persistence == Persistence::temporary)
    return;
  for (const AddedConstraint &added : constraintsAddedBy(step.op)) {
    if (added.constraint->kind != ConstraintKind::primary_key ||
        added.constraint->columns.size() != 1)
      continue;
    for (const ColumnDef &column : op.columns) {
      if (column.name != added.constraint->columns.front() || !isSmall(column.type))
        continue;
      report
          .add(column.where,
               "the key '{}' of '{}' ends at {}: making it wider later rewrites the "
               "table and all that references it",
               column.name, shown(op.table),
               column.type.name.find('2') != std::string::npos || column.type.name == "smallserial"
                   ? "32767"
                   : "2147483647")
          .object(fullName(step, op.table, column.name))
          .help("bigint")
          .fix("use bigint", FixSafety::unsafe,
               {column.type.where, isSerial(column.type) ? "bigserial" : "bigint"});
    }
  }
}

static constexpr std::string_view aliases[] = {
    "squawk:prefer-bigint-over-int",      "squawk:prefer-big-int",
    "squawk:prefer-bigint-over-smallint", "pgls:preferBigInt",
    "pgls:preferBigintOverInt",           "pgls:preferBigintOverSmallint"};

extern constexpr Rule int_primary_key{
    .id = "int-primary-key",
    .category = Category::style,
    .severity = Severity::warning,
    .preset = Preset::all,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
