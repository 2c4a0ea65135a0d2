#include "effects/describe/describe.hpp"
#include "effects/steps/index_tree.hpp"

namespace lockstep::effects {

static bool isPartitioned(const Place &place) {
  return place.relation && (place.relation->kind == RelationKind::partitioned_table ||
                            place.relation->kind == RelationKind::partitioned_index);
}

void describe(const CreateIndex &op, Collector &out) {
  if (op.concurrently)
    out.refuseTransaction();
  const std::optional<Place> table = out.find(op.table);
  // The server refuses to build concurrently on a partitioned table.
  if (!table || (op.concurrently && isPartitioned(*table)))
    return;
  const LockMode mode = op.concurrently ? LockMode::share_update_exclusive : LockMode::share;
  const bool exists =
      op.if_not_exists && out.catalog().findRelation({table->schema(), op.name, {}});
  out.lockTree(out.withDescendants(*table, isPartitioned(*table) && !op.only && !exists), mode);
  if (!exists)
    buildIndexTree(shapeOf(op), op.name, *table, op.only, out);
}

/// One index: its table's writers wait, and so does every query that plans with the index
/// (reindex_index, index.c).
static void reindexIndex(const Relation &index, bool concurrently, Collector &out) {
  const Relation *table = index.index ? out.catalog().relation(index.index->table) : nullptr;
  if (table) {
    out.lock(*table, concurrently ? LockMode::share_update_exclusive : LockMode::share,
             LockReason::target);
    out.scan(Collector::at(*table), ScanReason::index_build);
  }
  out.lock(index, concurrently ? LockMode::share_update_exclusive : LockMode::access_exclusive,
           LockReason::index);
  out.rebuild(index);
}

static void reindexTable(const Place &table, bool concurrently, Collector &out) {
  out.lock(table, concurrently ? LockMode::share_update_exclusive : LockMode::share);
  if (!table.relation)
    return out.scan(table, ScanReason::index_build);
  for (ObjectId id : table.relation->indexes)
    if (const Relation *index = out.catalog().relation(id);
        index && index->kind == RelationKind::index)
      reindexIndex(*index, concurrently, out);
}

/// A partitioned table or index: each part in a transaction of its own, all of them first taken in
/// SHARE mode to be listed (ReindexPartitions, indexcmds.c).
static void reindexPartitioned(const Reindex &op, const Place &root, Collector &out) {
  out.refuseTransaction();
  const LockMode mode = op.concurrently ? LockMode::share_update_exclusive : LockMode::share;
  out.lock(root, root.relation->isIndex() && !op.concurrently ? LockMode::access_exclusive : mode);
  if (root.relation->index)
    out.lock(root.relation->index->table, mode, LockReason::target);
  for (const Place &place : out.withDescendants(root)) {
    if (place.relation == root.relation)
      continue;
    out.lock(place, LockMode::share, LockReason::partition);
    if (place.relation->kind == RelationKind::index)
      reindexIndex(*place.relation, op.concurrently, out);
    else if (place.hasRows())
      reindexTable(place, op.concurrently, out);
  }
}

/// All tables of a schema, or of the database.
static void reindexAll(const Reindex &op, Collector &out) {
  out.refuseTransaction();
  for (const Relation *relation : out.catalog().relations())
    if ((op.kind != ReindexKind::schema || relation->schema == op.name.name) &&
        Collector::at(*relation).hasRows())
      reindexTable(Collector::at(*relation), op.concurrently, out);
}

void describe(const Reindex &op, Collector &out) {
  if (op.concurrently)
    out.refuseTransaction();
  if (op.kind == ReindexKind::system)
    return out.refuseTransaction();
  if (op.kind == ReindexKind::schema || op.kind == ReindexKind::database)
    return reindexAll(op, out);
  const std::optional<Place> place = out.find(op.name);
  if (!place)
    return;
  if (isPartitioned(*place))
    return reindexPartitioned(op, *place, out);
  if (!place->relation || !place->relation->isIndex())
    return reindexTable(*place, op.concurrently, out);
  reindexIndex(*place->relation, op.concurrently, out);
}

} // namespace lockstep::effects
