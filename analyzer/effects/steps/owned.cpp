#include "effects/steps/owned.hpp"

namespace lockstep::effects {

/// Sequences that the table owns move with it.
void lockOwnedSequences(const Relation &table, Collector &out) {
  for (const Dependent &dependent : out.catalog().dependentsOf(table.id))
    if (const Relation *relation = out.catalog().relation(dependent.dependent);
        relation && relation->sequence && relation->sequence->owner == table.id)
      out.lock(*relation, LockMode::access_exclusive, LockReason::dependent);
}

void changeOwner(const Place &place, std::string_view owner, Collector &out) {
  const bool is_session_user =
      owner == "current_user" || owner == "current_role" || owner == "session_user";
  const bool is_same = place.relation && place.relation->owner == owner;
  if (!place.relation || is_same || (is_session_user && place.relation->owner.empty()))
    return;
  out.lockIndexes(place, LockMode::access_exclusive);
  lockOwnedSequences(*place.relation, out);
}

std::vector<const Relation *> typedTables(const Type &type, const Catalog &catalog) {
  std::vector<const Relation *> tables;
  for (const Relation *relation : catalog.relations())
    if (!relation->of_type.empty() && relation->of_type->name == type.name &&
        (relation->of_type->schema.empty() || relation->of_type->schema == type.schema))
      tables.push_back(relation);
  return tables;
}

} // namespace lockstep::effects
