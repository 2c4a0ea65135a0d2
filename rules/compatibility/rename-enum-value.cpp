#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const RenameEnumValue &op, const Step &step, Report &report) {
  report
      .add(op.where,
           "renaming value '{}' of '{}' to '{}' breaks code that still reads or writes "
           "'{}'",
           op.value, shown(op.type), op.new_value, op.value)
      .object(fullName(step, op.type))
      .help(
          "ALTER TYPE {} ADD VALUE {}, let code accept both, change the rows in batches, and stop "
          "using '{}'",
          shown(op.type), quoteLiteral(op.new_value), op.value);
}

static constexpr std::string_view aliases[] = {"strong_migrations:rename_enum_value"};

extern constexpr Rule rename_enum_value{
    .id = "rename-enum-value",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
