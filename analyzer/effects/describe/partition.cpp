#include "base/pg/feature.hpp"
#include "base/text.hpp"
#include "effects/describe/describe.hpp"
#include "effects/facts/partition_bound.hpp"
#include "effects/steps/foreign_key.hpp"
#include "effects/steps/index_tree.hpp"
#include "effects/steps/partition_keys.hpp"

namespace lockstep::effects {

/// ALTER INDEX … ATTACH PARTITION (ATExecAttachPartitionIdx, tablecmds.c).
static void attachIndex(const AttachPartition &op, const Place &parent, Collector &out) {
  out.lock(parent, LockMode::share_update_exclusive);
  const std::optional<Place> index = out.find(op.partition);
  if (!index)
    return;
  out.lock(*index, LockMode::access_exclusive, LockReason::partition);
  for (const Place &place : {parent, *index})
    if (place.relation && place.relation->index)
      out.lock(place.relation->index->table, LockMode::access_share, LockReason::dependent);
}

/// The foreign key of `table` that can take the place of the parent's, or null
/// (tryAttachPartitionForeignKey, tablecmds.c; from 18 on it may be NOT VALID).
static const Constraint *matchingKey(const Relation &table, const Constraint &wanted,
                                     int postgres) {
  for (const Constraint &own : table.constraints)
    if (own.kind == ConstraintKind::foreign_key && own.referenced == wanted.referenced &&
        own.columns == wanted.columns && own.referenced_columns == wanted.referenced_columns &&
        own.on_delete == wanted.on_delete && own.on_update == wanted.on_update &&
        own.match == wanted.match && own.deferrable == wanted.deferrable && own.inherited == 0 &&
        (own.valid || supports(postgres, Feature::not_valid_partitioned_foreign_key)))
      return &own;
  return nullptr;
}

static void attachForeignKeys(const Relation &parent, const Place &partition, Collector &out) {
  for (const Constraint &key : parent.constraints) {
    if (key.kind != ConstraintKind::foreign_key)
      continue;
    const Constraint *own =
        partition.relation ? matchingKey(*partition.relation, key, out.postgres()) : nullptr;
    // Its own triggers on the referenced table go: the parent's do their work.
    lockReferencedOf(key, own ? LockMode::access_exclusive : LockMode::share_row_exclusive, out);
    const std::optional<Place> referenced = referencedBy(key, out);
    if (referenced && key.valid && key.enforced && !(own && own->valid))
      validateForeignKey(withPartitions(partition, out), *referenced, false, key.name, out);
  }
}

static void describeBound(const Relation &parent, const Place &partition,
                          const PartitionBound &bound, Collector &out) {
  for (const Place &place : withPartitions(partition, out)) {
    if (!place.hasRows())
      continue;
    if (place.relation && boundIsImplied(*place.relation, parent, bound, out.catalog()))
      out.prove(
          format("the partition {} needs no scan: its constraints imply the bound", place.name()));
    else
      out.scan(place, ScanReason::partition_bound);
  }
}

void describe(const AttachPartition &op, const Alteration &, Collector &out) {
  const std::optional<Place> parent = out.find(op.target);
  if (!parent)
    return;
  const bool is_index =
      op.target.kind == ObjectKind::index || (parent->relation && parent->relation->isIndex());
  if (is_index)
    return attachIndex(op, *parent, out);
  out.lock(*parent, LockMode::share_update_exclusive);
  const std::optional<Place> partition = out.find(op.partition);
  if (!partition)
    return;
  for (const Place &place : withPartitions(*partition, out))
    out.lock(place, LockMode::access_exclusive, LockReason::partition);
  if (!parent->relation)
    return out.scan(*partition, ScanReason::partition_bound);
  const Relation &table = *parent->relation;
  // The bounds of the tables above are read (generate_partition_qual, partcache.c).
  for (const Relation *above = &table; above && above->is_partition && !above->parents.empty();) {
    above = out.catalog().relation(above->parents.front());
    if (above)
      out.lock(*above, LockMode::access_share, LockReason::parent);
  }
  // Before the indexes: a table is read once for both, and the bound is what it is read for.
  describeBound(table, *partition, op.bound, out);
  buildMissingIndexes(table, *partition, /*is_new=*/false, out);
  attachForeignKeys(table, *partition, out);
  // Up to 14 the referencing tables are only looked at (CloneFkReferenced, tablecmds.c).
  lockReferencing(table,
                  supports(out.postgres(), Feature::locks_tables_referencing_parent)
                      ? LockMode::share_row_exclusive
                      : LockMode::access_share,
                  out);
  describeDefaultPartition(table, op.bound, out);
}

void describe(const DetachPartition &op, const Alteration &, Collector &out) {
  if (op.concurrently)
    out.refuseTransaction();
  const std::optional<Place> parent = out.find(op.target);
  if (!parent)
    return;
  // The server refuses to detach concurrently from a table with a DEFAULT partition.
  if (op.concurrently && parent->relation && out.catalog().defaultPartition(*parent->relation))
    return;
  out.lock(*parent, op.concurrently || op.finalize ? LockMode::share_update_exclusive
                                                   : LockMode::access_exclusive);
  const std::optional<Place> partition = out.find(op.partition);
  if (!partition)
    return;
  for (const Place &place : withPartitions(*partition, out))
    out.lock(place, LockMode::access_exclusive, LockReason::partition);
  if (parent->relation)
    if (const Relation *fallback = out.catalog().defaultPartition(*parent->relation))
      out.lock(*fallback, LockMode::access_exclusive, LockReason::default_partition);
  if (!partition->relation)
    return;
  for (ObjectId id : partition->relation->indexes) {
    const Relation *index = out.catalog().relation(id);
    if (index && index->index->parent != ObjectId::none)
      out.lock(*index, LockMode::access_exclusive, LockReason::index);
  }
  for (const Constraint &key : partition->relation->constraints)
    if (key.kind == ConstraintKind::foreign_key && key.inherited > 0)
      lockReferencedOf(key, LockMode::share_row_exclusive, out);
  if (!parent->relation)
    return;
  // No row may reference the partition (RI_PartitionRemove_Check, ri_triggers.c).
  for (const Catalog::ForeignKey &key : out.catalog().foreignKeysTo(*parent->relation)) {
    if (key.table == parent->relation)
      continue;
    const Place referencing = Collector::at(*key.table);
    out.lock(referencing, LockMode::access_exclusive, LockReason::referenced);
    validateForeignKey({referencing}, *partition, false, key.constraint->name, out);
  }
}

} // namespace lockstep::effects
