#include "effects/facts/type_change.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AlterColumnType &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  if (!column || column->type.empty())
    return;
  TypeChange change =
      typeChange(*column, op, step.before(), EffectOptions{.postgres = report.postgres()});
  if (!change.known || !change.narrows)
    return;
  report
      .add(op.where, "changing '{}.{}' from {} to {} can fail, cut or round values that are there",
           shown(op.target.relation), op.column, sqlType(column->type), sqlType(op.type))
      .object(fullName(step, op.target.relation, op.column))
      .label(column->origin, format("'{}' was defined here", op.column))
      .help("keep the wide type and limit new values by a CHECK constraint added NOT VALID, then "
            "validated");
}

extern constexpr Rule narrow_column_type{
    .id = "narrow-column-type",
    .category = Category::data_loss,
    .severity = Severity::error,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
