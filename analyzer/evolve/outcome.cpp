#include "evolve/outcome.hpp"

namespace lockstep::evolve {

const Catalog &catalogAfter(const Step &step) { return step.at.change_set->after; }

const Catalog &catalogAfter(const StatementStep &statement) {
  const StatementStep *next = statement.change_set->next(statement);
  return next ? next->before : statement.change_set->after;
}

const Relation *relationAfter(const Step &step, const QualifiedName &relation) {
  const Relation *present = step.before().findRelation(relation);
  return present ? catalogAfter(step).relation(present->id)
                 : catalogAfter(step).findRelation(relation);
}

const Column *columnAfter(const Step &step, const QualifiedName &relation,
                          std::string_view column) {
  const Relation *after = relationAfter(step, relation);
  return after ? after->findColumn(column) : nullptr;
}

bool dropsNothing(const DropObject &drop, const Catalog &before) {
  const bool has_schema = drop.kind == ObjectKind::table || drop.kind == ObjectKind::view ||
                          drop.kind == ObjectKind::materialized_view ||
                          drop.kind == ObjectKind::sequence || drop.kind == ObjectKind::index ||
                          drop.kind == ObjectKind::foreign_table ||
                          drop.kind == ObjectKind::function || drop.kind == ObjectKind::procedure ||
                          drop.kind == ObjectKind::routine || drop.kind == ObjectKind::type ||
                          drop.kind == ObjectKind::domain;
  return drop.if_exists && has_schema && before.hasMadeSchema(before.resolve(drop.name).schema) &&
         !before.findRelation(drop.name) && !before.findType(drop.name) &&
         before.findFunctions(drop.name).empty();
}

bool sharesTransaction(const StatementStep &earlier, const StatementStep &later) {
  if (earlier.transaction && earlier.transaction == later.transaction)
    return true;
  return earlier.in_transaction == Certainty::unknown && earlier.unit == later.unit;
}

} // namespace lockstep::evolve
