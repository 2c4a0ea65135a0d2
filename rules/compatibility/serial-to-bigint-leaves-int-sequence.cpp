#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

static bool isInteger(const TypeName &type) {
  return type.schema == "pg_catalog" && (type.name == "int4" || type.name == "int2");
}

static void check(const AlterColumnType &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Column *column = table ? table->findColumn(op.column) : nullptr;
  if (!column || column->identity != Identity::none || !isInteger(column->type))
    return;
  const Column *after = columnAfter(step, op.target.relation, op.column);
  const Relation *sequence = step.before().relation(column->sequence);
  if (!after || after->type.name != "int8" || !sequence || !sequence->sequence ||
      after->sequence != column->sequence || !after->default_value)
    return;
  const Relation *left = catalogAfter(step).relation(column->sequence);
  if (!left || !left->sequence || !isInteger(left->sequence->type))
    return;
  FindingBuilder finding = report.add(
      op.where,
      "'{}.{}' becomes bigint, but its sequence '{}' stays {}: INSERTs fail when it reaches {}",
      shown(op.target.relation), op.column, shown(*left), sqlType(left->sequence->type),
      left->sequence->type.name == "int2" ? "32767" : "2147483647");
  finding.object(left->qualifiedName())
      .label(column->origin, format("'{}' was defined here", op.column))
      .help("ALTER SEQUENCE {} AS bigint, in the same migration", shown(*left))
      .fix("widen the sequence, too", FixSafety::safe,
           {Range{step.at.statement->range.end, step.at.statement->range.end},
            format(";\nALTER SEQUENCE {} AS bigint", shown(*left))});
}

extern constexpr Rule serial_to_bigint_leaves_int_sequence{
    .id = "serial-to-bigint-leaves-int-sequence",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
