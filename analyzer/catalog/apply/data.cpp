#include "catalog/apply/apply_op.hpp"
#include "catalog/apply/block.hpp"

namespace lockstep::catalog {

/// A statement that may not run leaves it open whether there are rows, not what the table looks
/// like.
static void addRows(Change &change, ObjectId table) {
  const Relation &relation = *change.catalog().relation(table);
  if (relation.populated)
    return;
  const bool partial = relation.partial;
  ObjectEdit<Relation> edited = change.edit(table);
  edited->populated = true;
  edited->partial = partial;
}

/// Rows may be in the relation from now on, and in its partitions.
static void populate(Change &change, const QualifiedName &name) {
  const Relation *relation = change.catalog().findRelation(name);
  if (!relation)
    return;
  const ObjectId id = relation->id;
  if (relation->kind == RelationKind::partitioned_table)
    for (const Relation *below : change.catalog().withDescendants(*relation))
      addRows(change, below->id);
  addRows(change, id);
}

/// Data-modifying CTEs write as well; functions that the query calls may do anything.
static void runQuery(Change &change, const Query &query) {
  for (const RelationUse &use : query.relations)
    if (use.access == Access::write)
      populate(change, use.name);
  for (const FunctionUse &use : query.functions)
    runFunction(change, use.name,
                static_cast<size_t>(use.argument_count < 0 ? 0 : use.argument_count));
}

bool applyOp(Change &change, const Insert &op) {
  populate(change, op.table);
  runQuery(change, op.query);
  return true;
}

bool applyOp(Change &change, const Update &op) {
  runQuery(change, op.query);
  return true;
}

bool applyOp(Change &change, const Delete &op) {
  runQuery(change, op.query);
  return true;
}

bool applyOp(Change &change, const Merge &op) {
  if (op.inserts)
    populate(change, op.table);
  runQuery(change, op.query);
  return true;
}

bool applyOp(Change &change, const Select &op) {
  if (op.runs)
    runQuery(change, op.query);
  return true;
}

bool applyOp(Change &change, const Copy &op) {
  if (op.from)
    populate(change, op.table);
  runQuery(change, op.query);
  return true;
}

/// True for the table `above` and all its partitions.
static bool isOrBelow(const Catalog &catalog, const Relation &table, ObjectId above) {
  for (const Relation *each = &table; each; each = each->is_partition && !each->parents.empty()
                                                       ? catalog.relation(each->parents.front())
                                                       : nullptr)
    if (each->id == above)
      return true;
  return false;
}

bool applyOp(Change &change, const Truncate &op) {
  for (size_t i = 0; i < op.tables.size(); ++i) {
    const Relation *table = change.catalog().findRelation(op.tables[i]);
    if (!table || !change.catalog().isCertain(*table))
      continue;
    if (!table->holdsRows())
      return change.refuse("42809", format("\"{}\" is not a table", table->name),
                           op.tables[i].where, table->qualifiedName());
    const bool only = i < op.only.size() && op.only[i];
    if (only && table->kind == RelationKind::partitioned_table)
      return change.refuse("42809", "cannot truncate only a partitioned table", op.tables[i].where,
                           table->qualifiedName());
    if (op.cascade)
      continue;
    for (const Catalog::ForeignKey &key : change.catalog().foreignKeysTo(*table)) {
      bool listed = false;
      for (const QualifiedName &name : op.tables) {
        const Relation *other = change.catalog().findRelation(name);
        listed = listed || (other && isOrBelow(change.catalog(), *key.table, other->id));
      }
      if (!listed && change.catalog().isCertain(*key.table))
        return change.refuse("0A000",
                             "cannot truncate a table referenced in a foreign key constraint",
                             op.tables[i].where, table->qualifiedName());
    }
  }
  return true;
}

} // namespace lockstep::catalog
