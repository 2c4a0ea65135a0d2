#include "effects/constraint.hpp"

namespace lockstep {

std::vector<Place> withPartitions(const Place &place, const Collector &out) {
  return out.withDescendants(place, place.relation &&
                                        place.relation->kind == RelationKind::partitioned_table);
}

std::optional<Place> referencedBy(const Constraint &constraint, Collector &out) {
  if (const Relation *relation = out.catalog().relation(constraint.referenced))
    return Collector::at(*relation);
  return out.find(constraint.referenced_name);
}

void lockReferencedOf(const Constraint &constraint, LockMode mode, Collector &out) {
  if (const std::optional<Place> referenced = referencedBy(constraint, out))
    for (const Place &place : withPartitions(*referenced, out))
      out.lock(place, mode, LockReason::referenced);
}

/// The planner opens each index of a table that a query names; from 16 on also those of a
/// partitioned table itself (get_relation_info, plancat.c).
static void lockIndexesForPlan(const Place &place, Collector &out) {
  const bool is_partitioned =
      place.relation && place.relation->kind == RelationKind::partitioned_table;
  if (!is_partitioned || out.postgres() >= 16)
    out.lockIndexes(place, LockMode::access_share);
}

void validateForeignKey(const std::vector<Place> &referencing, const Place &referenced,
                        bool all_null, std::string_view constraint, Collector &out) {
  // One join a table with rows of its own (RI_Initial_Check, ri_triggers.c).
  scanRows(referencing, ScanReason::foreign_key, constraint, out);
  for (const Place &place : referencing)
    if (place.hasRows())
      lockIndexesForPlan(place, out);
  const std::vector<Place> others = withPartitions(referenced, out);
  for (const Place &place : others) {
    lockIndexesForPlan(place, out);
    if (&place != &others.front())
      out.lock(place, LockMode::access_share, LockReason::referenced);
  }
  if (!all_null)
    scanRows(others, ScanReason::foreign_key, constraint, out);
}

void addForeignKey(const NewForeignKey &key, Collector &out) {
  const ConstraintDef &constraint = key.constraint;
  const Place &table = key.places.front();
  const std::optional<Place> referenced = out.find(constraint.referenced);
  if (!referenced)
    return;
  const bool is_self = referenced->target == table.target;
  if (!is_self)
    for (const Place &place : withPartitions(*referenced, out))
      out.lock(place, key.referenced_mode, LockReason::referenced);
  if (!key.validates || !constraint.enforced || constraint.not_valid)
    return;
  // Inheritance children have no part in their parent's foreign keys; partitions have.
  const bool is_partitioned =
      table.relation && table.relation->kind == RelationKind::partitioned_table;
  validateForeignKey(is_partitioned ? key.places : std::vector<Place>{table}, *referenced,
                     key.all_null, constraint.name, out);
}

} // namespace lockstep
