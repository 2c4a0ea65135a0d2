#include "effects/steps/constraint.hpp"

#include "base/text.hpp"
#include "effects/facts/not_null_proof.hpp"
#include "effects/steps/index_tree.hpp"

namespace lockstep::effects {

void scanRows(const std::vector<Place> &places, ScanReason reason, std::string_view constraint,
              Collector &out) {
  for (const Place &place : places)
    if (place.hasRows())
      out.scan(place, reason, constraint);
}

bool isNotNull(const Place &place, std::string_view column) {
  const Column *found = place.relation ? place.relation->findColumn(column) : nullptr;
  return found && found->not_null && found->not_null_valid;
}

void setNotNull(std::span<const std::string> columns, const std::vector<Place> &places,
                const Alteration &alter, Collector &out) {
  for (const Place &place : places) {
    if (!place.hasRows())
      continue;
    bool scans = false;
    for (const std::string &column : columns) {
      if (isNotNull(place, column))
        continue;
      const Constraint *proof =
          place.relation ? notNullProof(*place.relation, column, &alter) : nullptr;
      scans = scans || !proof;
      if (proof)
        out.prove(format("SET NOT NULL of {}.{} needs no scan: CHECK {} is valid", place.name(),
                         column, proof->name));
    }
    if (scans)
      out.scan(place, ScanReason::not_null);
  }
}

void addIndexConstraint(const ConstraintDef &constraint, const Place &table, bool only,
                        Collector &out) {
  if (!constraint.using_index.empty()) {
    // The index is opened, and locked as by ALTER INDEX … RENAME where it takes the constraint's
    // name (ATExecAddIndexConstraint, tablecmds.c; renameatt and RenameRelation).
    const bool renames = !constraint.name.empty() && constraint.name != constraint.using_index;
    if (const Relation *index =
            out.catalog().findRelation({table.schema(), constraint.using_index, {}}))
      out.lock(*index, renames ? LockMode::share_update_exclusive : LockMode::access_share,
               LockReason::index);
    return;
  }
  buildIndexTree(shapeOf(constraint), constraint.name, table, only, out);
}

} // namespace lockstep::effects
