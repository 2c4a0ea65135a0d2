#include "base/pg/feature.hpp"
#include "effects/describe/describe.hpp"
#include "effects/steps/foreign_key.hpp"
#include "effects/steps/index_tree.hpp"
#include "effects/steps/partition_keys.hpp"

namespace lockstep::effects {

/// The new table, as the functions that add things to tables see it.
static Place newTable(const QualifiedName &name, const Catalog &catalog) {
  Place place;
  place.unknown = catalog.resolve(name);
  place.target.name = sqlName(place.unknown);
  return place;
}

/// Indexes of the table's own constraints: their names are told, their rows are yet to come.
static void buildIndex(const ConstraintDef &constraint, const Place &table, Collector &out) {
  out.build(constraint.name.empty() ? indexNameOn(shapeOf(constraint), table, out.catalog())
                                    : constraint.name,
            table);
}

static void describeConstraint(const ConstraintDef &constraint, const Place &table, bool has_rows,
                               Collector &out) {
  switch (constraint.kind) {
  case ConstraintKind::unique:
  case ConstraintKind::primary_key:
  case ConstraintKind::exclusion:
    if (has_rows)
      buildIndex(constraint, table, out);
    return;
  case ConstraintKind::foreign_key: {
    if (out.catalog().resolve(constraint.referenced) == table.unknown)
      return;
    const std::vector<Place> places{table};
    return addForeignKey({.constraint = constraint, .places = places, .validates = false}, out);
  }
  case ConstraintKind::check:
  case ConstraintKind::not_null:
    return;
  }
}

static void describeLike(const LikeClause &like, const Place &table, bool has_rows,
                         Collector &out) {
  const std::optional<Place> source = out.find(like.source);
  if (!source)
    return;
  out.lock(*source, LockMode::access_share, LockReason::read);
  if (!like.including_indexes || !source->relation || !has_rows)
    return;
  for (const Relation *index : out.catalog().indexesOf(*source->relation))
    out.build(indexNameOn(shapeOf(*index), table, out.catalog()), table);
}

static void describePartition(const CreateTable &op, const Place &table, bool has_rows,
                              Collector &out) {
  const std::optional<Place> parent = out.find(op.partition_of);
  if (!parent)
    return;
  out.lock(*parent, LockMode::access_exclusive, LockReason::parent);
  if (!parent->relation)
    return;
  for (ObjectId id : parent->relation->indexes) {
    // Marked as having children (IndexSetParentIndex, indexcmds.c).
    const Relation *index = out.catalog().relation(id);
    if (!index)
      continue;
    out.lock(*index, LockMode::share_update_exclusive, LockReason::index);
    if (has_rows)
      out.build(indexNameOn(shapeOf(*index), table, out.catalog()), table);
  }
  for (const Constraint &key : parent->relation->constraints)
    if (key.kind == ConstraintKind::foreign_key)
      lockReferencedOf(key, LockMode::share_row_exclusive, out);
  lockReferencing(*parent->relation,
                  supports(out.postgres(), Feature::locks_tables_referencing_parent)
                      ? LockMode::share_row_exclusive
                      : LockMode::access_share,
                  out);
  if (op.bound)
    describeDefaultPartition(*parent->relation, *op.bound, out);
}

void describe(const CreateTable &op, Collector &out) {
  if (op.persistence == Persistence::temporary)
    return;
  // IF NOT EXISTS of a table that is there looks no further (transformCreateStmt, parse_utilcmd.c).
  if (op.if_not_exists && out.catalog().findRelation(op.table))
    return;
  const Place table = newTable(op.table, out.catalog());
  const bool has_rows = !op.partition_by && !op.is_foreign;
  for (const ColumnDef &column : op.columns)
    for (const ConstraintDef &constraint : column.constraints)
      describeConstraint(constraint, table, has_rows, out);
  for (const ConstraintDef &constraint : op.constraints)
    describeConstraint(constraint, table, has_rows, out);
  for (const LikeClause &like : op.likes)
    describeLike(like, table, has_rows, out);
  for (const QualifiedName &name : op.inherits)
    if (const std::optional<Place> parent = out.find(name))
      out.lock(*parent, LockMode::share_update_exclusive, LockReason::parent);
  if (!op.of_type.empty())
    if (const Type *type = out.catalog().findType({op.of_type->schema, op.of_type->name, {}}))
      out.lock(type->relation, LockMode::access_share, LockReason::read);
  if (!op.partition_of.empty())
    describePartition(op, table, has_rows, out);
}

} // namespace lockstep::effects
