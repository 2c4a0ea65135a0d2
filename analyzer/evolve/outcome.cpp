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

bool sharesTransaction(const StatementStep &earlier, const StatementStep &later) {
  if (earlier.transaction && earlier.transaction == later.transaction)
    return true;
  return earlier.in_transaction == Certainty::unknown && earlier.unit == later.unit;
}

} // namespace lockstep::evolve
