#include "effects/facts/refusal.hpp"
#include "engine/refusal.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// True where the same ALTER TABLE drops the column's default, which comes first.
static bool dropsDefault(const AlterColumnType &op, const Statement &statement) {
  return std::any_of(statement.ops.begin(), statement.ops.end(), [&](const Op &other) {
    const auto *set = std::get_if<SetDefault>(&other);
    return set && !set->value && set->column == op.column;
  });
}

static void check(const AlterColumnType &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  if (const std::optional<Refusal> refusal = refusalAt(step, report.postgres())) {
    if (refusesTypeChange(step.op, *refusal))
      report
          .add(op.where, "PostgreSQL refuses this: {} (SQLSTATE {})", refusal->message,
               refusal->sqlstate)
          .object(fullName(step, op.target.relation, op.column))
          .help("drop what uses '{}', change the type, and make it again, all in one transaction",
                op.column);
    return;
  }
  if (!table || !step.before().isCertain(*table))
    return;
  const std::optional<Refusal> refusal =
      refusedConversion(op, *table, step.before(), report.postgres());
  if (!refusal)
    return;
  bool is_default = refusal->message.starts_with("default");
  if (is_default && dropsDefault(op, *step.at.statement))
    return;
  report
      .add(op.where, "PostgreSQL refuses this: {} (SQLSTATE {})", refusal->message,
           refusal->sqlstate)
      .object(fullName(step, op.target.relation, op.column))
      .help("{}", is_default ? std::string("DROP DEFAULT before and SET DEFAULT after, in the same "
                                           "ALTER TABLE")
                             : format("say how to convert: USING {}::{}",
                                      quoteIdentifier(op.column), sqlType(op.type)));
}

static constexpr std::string_view supersedes[] = {"change-column-type-rewrite",
                                                  "narrow-column-type"};

extern constexpr Rule type_change_will_fail{
    .id = "type-change-will-fail",
    .category = Category::failure,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .supersedes = supersedes,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
