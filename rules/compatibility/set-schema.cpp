#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/replacement.hpp"

namespace lockstep::rules {

static bool isNamedByCode(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::table:
  case ObjectKind::foreign_table:
  case ObjectKind::view:
  case ObjectKind::materialized_view:
  case ObjectKind::sequence:
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::routine:
  case ObjectKind::aggregate:
  case ObjectKind::type:
  case ObjectKind::domain:
    return true;
  default:
    return false;
  }
}

static void check(const SetSchema &op, const Step &step, Report &report) {
  if (!isNamedByCode(op.kind) || isReplacedInTransaction(step, op.name) ||
      (op.if_exists && step.before().knowledgeOf(op.name) == Knowledge::absent))
    return;
  bool is_table = op.kind == ObjectKind::table;
  FindingBuilder finding = report.add(
      op.where, "moving {} '{}' to schema '{}' breaks code that finds it under its old schema",
      name(op.kind), shown(op.name), op.new_schema);
  finding.object(fullName(step, op.name))
      .help("{}", is_table
                      ? format("in the same transaction, CREATE VIEW {} AS SELECT * FROM {}.{}; "
                               "drop the view once no code uses it",
                               shown(op.name), quoteIdentifier(op.new_schema),
                               quoteIdentifier(op.name.name))
                      : format("make it in '{}' beside the old one, switch the code, then "
                               "drop the old one",
                               op.new_schema));
  if (const Relation *relation = step.before().findRelation(op.name))
    finding.label(relation->origin, format("'{}' was created here", shown(op.name)));
}

extern constexpr Rule set_schema{
    .id = "set-schema",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
