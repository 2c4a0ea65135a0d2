#include "effects/steps/foreign_key.hpp"

#include "base/pg/feature.hpp"
#include "base/text.hpp"
#include "effects/steps/constraint.hpp"

#include <algorithm>

namespace lockstep::effects {

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
  if (!is_partitioned || supports(out.postgres(), Feature::plans_partitioned_indexes))
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

/// The key of the partition itself that becomes a part of the new one, or null
/// (tryAttachPartitionForeignKey, tablecmds.c; from 18 on it may be NOT VALID).
static const Constraint *adoptedKey(const Relation &partition, const ConstraintDef &added,
                                    const Relation &referenced, int postgres) {
  std::vector<std::string> columns = added.referenced_columns;
  if (const Constraint *primary = referenced.primaryKey(); primary && columns.empty())
    columns = primary->columns;
  const auto found = std::find_if(
      partition.constraints.begin(), partition.constraints.end(), [&](const Constraint &own) {
        return own.kind == ConstraintKind::foreign_key && own.inherited == 0 &&
               own.referenced == referenced.id && own.columns == added.columns &&
               own.referenced_columns == columns && own.match == added.match &&
               own.on_delete == added.on_delete && own.on_update == added.on_update &&
               own.deferrable == added.deferrable &&
               (own.valid || supports(postgres, Feature::not_valid_partitioned_foreign_key));
      });
  return found == partition.constraints.end() ? nullptr : &*found;
}

namespace {
/// What a key of a partitioned table finds on the partitions.
struct Adoption {
  bool any = false;            ///< A partition has an equal key already.
  std::vector<Place> unproved; ///< Where the rows are still to be checked.
};
} // namespace

static Adoption adoptionOf(const NewForeignKey &key, const Place &referenced,
                           const Collector &out) {
  Adoption adoption;
  const Relation *table = key.places.front().relation;
  for (const Place &place : key.places) {
    // Its own key, or that of the partitioned partition that it belongs to.
    const Constraint *adopted = nullptr;
    for (const Relation *each = place.relation;
         referenced.relation && each && each != table && !adopted && each->is_partition;
         each = each->parents.empty() ? nullptr : out.catalog().relation(each->parents.front()))
      adopted = adoptedKey(*each, key.constraint, *referenced.relation, out.postgres());
    adoption.any = adoption.any || adopted;
    if (!adopted || !adopted->valid)
      adoption.unproved.push_back(place);
  }
  return adoption;
}

void addForeignKey(const NewForeignKey &key, Collector &out) {
  const ConstraintDef &constraint = key.constraint;
  const Place &table = key.places.front();
  const std::optional<Place> referenced = out.find(constraint.referenced);
  if (!referenced)
    return;
  // Inheritance children have no part in their parent's foreign keys; partitions have.
  const bool is_partitioned =
      table.relation && table.relation->kind == RelationKind::partitioned_table;
  const Adoption adoption =
      is_partitioned ? adoptionOf(key, *referenced, out) : Adoption{false, {table}};
  const bool is_self = referenced->target == table.target;
  // The triggers of an adopted key go: those of the new one do their work.
  if (!is_self)
    for (const Place &place : withPartitions(*referenced, out))
      out.lock(place, adoption.any ? LockMode::access_exclusive : key.referenced_mode,
               LockReason::referenced);
  if (!key.validates || !constraint.enforced || constraint.not_valid)
    return;
  const bool has_rows = std::any_of(adoption.unproved.begin(), adoption.unproved.end(),
                                    [](const Place &place) { return place.hasRows(); });
  if (has_rows || !is_partitioned)
    validateForeignKey(adoption.unproved, *referenced, key.all_null, constraint.name, out);
  else if (adoption.any)
    out.prove(format("no row is checked: each partition has this foreign key already"));
}

} // namespace lockstep::effects
