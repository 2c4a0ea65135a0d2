#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const AddConstraint &op, const Step &step, Report &report) {
  if (op.constraint.kind != ConstraintKind::primary_key || op.constraint.using_index.empty())
    return;
  const Scan *scan = step.effects.scanOf(fullName(step, op.target.relation));
  if (!scan || scan->reason != ScanReason::not_null)
    return;
  const Relation *index =
      step.before().findRelation({op.target.relation.schema, op.constraint.using_index, {}});
  const Relation *table = step.before().findRelation(op.target.relation);
  std::vector<std::string> nullable;
  if (index && index->index && table)
    for (const IndexElement &element : index->index->elements)
      if (const Column *column = table->findColumn(element.column); column && !column->not_null)
        nullable.push_back(element.column);
  FindingBuilder finding = report.add(
      op.constraint.where, "the primary key sets {} NOT NULL, which reads all of '{}'; {}",
      nullable.empty() ? std::string("its columns") : listed(nullable), shown(op.target.relation),
      lockPhrase(step.at, LockMode::access_exclusive));
  finding.object(fullName(step, op.target.relation));
  if (nullable.empty())
    finding.severity(Severity::warning);
  finding.help("first make the columns NOT NULL without a scan: CHECK (… IS NOT NULL) NOT VALID, "
               "VALIDATE, SET NOT NULL, each in a transaction of its own");
}

static constexpr std::string_view aliases[] = {"eugene:W14", "atlas:PG304"};

extern constexpr Rule primary_key_using_nullable_index{
    .id = "primary-key-using-nullable-index",
    .category = Category::locking,
    .severity = Severity::error,
    .phase = Phase::migrate,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
