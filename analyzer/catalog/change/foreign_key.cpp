#include "catalog/change/foreign_key.hpp"

#include "base/pg/builtin.hpp"
#include "base/pg/feature.hpp"
#include "base/pg/functions.hpp"
#include "catalog/change/constraint.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/generated_names.hpp"

#include <algorithm>

namespace lockstep::catalog {

static bool sameSet(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

/// The unique index over exactly these columns that a foreign key can rely on
/// (transformFkeyCheckAttrs, tablecmds.c), or null.
static const Relation *findUniqueIndex(const Catalog &catalog, const Relation &table,
                                       const std::vector<std::string> &columns) {
  for (ObjectId id : table.indexes) {
    const Relation *index = catalog.relation(id);
    if (!index || !index->index || !index->index->unique || !index->index->valid ||
        index->index->predicate)
      continue;
    std::vector<std::string> keys;
    for (const IndexElement &element : index->index->elements)
      keys.push_back(element.expression ? std::string() : element.column);
    if (sameSet(keys, columns))
      return index;
  }
  return nullptr;
}

/// The name of PostgreSQL's own type that a value of the column has; empty where it is not known.
static std::string_view builtinType(const Catalog &catalog, const Column *column, int postgres) {
  if (!column)
    return {};
  const TypeName *type = &column->type;
  if (type->array_dimensions > 0)
    return {};
  ObjectId id = column->type_id;
  for (int guard = 0; id != ObjectId::none && guard < 100; ++guard) {
    const Type *domain = catalog.type(id);
    if (!domain || domain->kind != TypeKind::domain || domain->base.array_dimensions > 0)
      return {};
    type = &domain->base;
    id = domain->base_id;
  }
  const auto found = findBuiltinType(type->name, postgres);
  return type->schema == "pg_catalog" && found && found->kind == BuiltinTypeKind::base
             ? found->name
             : std::string_view();
}

/// Refuses columns of types between which there is no equality.
static bool requireComparable(Change &change, const Relation &table, const Relation &referenced,
                              const Constraint &constraint, Range where) {
  const size_t count = std::min(constraint.columns.size(), constraint.referenced_columns.size());
  for (size_t i = 0; i < count; ++i) {
    const auto typeOf = [&](const Relation &relation, const std::string &column) {
      return builtinType(change.catalog(), relation.findColumn(column), change.postgres());
    };
    const std::string_view from = typeOf(table, constraint.columns[i]);
    const std::string_view to = typeOf(referenced, constraint.referenced_columns[i]);
    if (from.empty() || to.empty() || from == to || findOperator("=", to, from, change.postgres()))
      continue;
    return change.refuse(
        "42804", format("foreign key constraint \"{}\" cannot be implemented", constraint.name),
        where, table.qualifiedName());
  }
  return true;
}

/// Finds what the key relies on: fills in the columns of the primary key where none are given.
static bool bindReferenced(Change &change, const ConstraintDef &definition,
                           const Relation &referenced, Constraint &constraint) {
  const Catalog &catalog = change.catalog();
  const bool certain = catalog.isCertain(referenced);
  const std::string object = referenced.qualifiedName();
  if (certain && referenced.kind != RelationKind::table &&
      referenced.kind != RelationKind::partitioned_table)
    return change.refuse("42809",
                         format("referenced relation \"{}\" is not a table", referenced.name),
                         definition.where, object);
  if (definition.referenced_columns.empty()) {
    const Constraint *key = referenced.primaryKey();
    if (!key && certain)
      return change.refuse(
          "42704", format("there is no primary key for referenced table \"{}\"", referenced.name),
          definition.where, object);
    if (key) {
      constraint.referenced_columns = key->columns;
      constraint.referenced_index = key->index;
    }
  } else {
    constraint.referenced_columns = definition.referenced_columns;
    if (!requireColumns(change, referenced, constraint.referenced_columns, definition.where,
                        "column \"{}\" referenced in foreign key constraint does not exist"))
      return false;
  }
  if (!constraint.referenced_columns.empty() &&
      constraint.referenced_columns.size() != constraint.columns.size())
    return change.refuse("42830",
                         "number of referencing and referenced columns for foreign key disagree",
                         definition.where, object);
  if (constraint.referenced_index == ObjectId::none && !constraint.referenced_columns.empty()) {
    const Relation *index = findUniqueIndex(catalog, referenced, constraint.referenced_columns);
    if (index)
      constraint.referenced_index = index->id;
    else if (certain && !definition.without_overlaps)
      return change.refuse(
          "42830",
          format("there is no unique constraint matching given keys for referenced table \"{}\"",
                 referenced.name),
          definition.where, object);
  }
  return true;
}

bool addForeignKey(Change &change, ObjectId table_id, const ConstraintDef &definition,
                   ConstraintMode mode) {
  const Relation &table = *change.catalog().relation(table_id);
  Constraint constraint = constraintOf(change, definition);
  // A key of a new table has nothing to check; ADD COLUMN decides for itself.
  constraint.valid = constraint.enforced && (mode.new_table || !definition.not_valid);
  ObjectId referenced = ObjectId::none;
  const bool is_self = definition.referenced == QualifiedName{table.schema, table.name, {}};
  if (is_self) {
    referenced = table_id;
  } else {
    const Target target = findTarget(change, definition.referenced, RelationKind::table, false);
    if (target.refused)
      return false;
    referenced = target.id;
  }
  if (!requireColumns(change, table, definition.columns, definition.where,
                      "column \"{}\" referenced in foreign key constraint does not exist"))
    return false;
  const Relation &other = *change.catalog().relation(referenced);
  constraint.referenced = referenced;
  constraint.referenced_name =
      QualifiedName{other.schema, other.name, definition.referenced->where};
  if (change.catalog().isCertain(other) && table.persistence == Persistence::permanent &&
      other.persistence != Persistence::permanent)
    return change.refuse("42P16",
                         "constraints on permanent tables may reference only permanent tables",
                         definition.where, other.qualifiedName());
  if (!bindReferenced(change, definition, other, constraint))
    return false;
  constraint.name_generated = definition.name.empty();
  if (definition.name.empty())
    constraint.name = chooseConstraintName(
        change.state(), table.name, joinColumnNames(definition.columns), "fkey", table.schema);
  else if (!requireFreeConstraint(change, table, definition.name, definition.where))
    return false;
  if (!requireComparable(change, table, other, constraint, definition.where))
    return false;
  if (table.kind == RelationKind::partitioned_table && change.catalog().isCertain(table)) {
    if (mode.only && !table.children.empty())
      return change.refuse("42809",
                           format("cannot use ONLY for foreign key on partitioned table \"{}\" "
                                  "referencing relation \"{}\"",
                                  table.name, other.name),
                           definition.where, table.qualifiedName());
    if (definition.not_valid &&
        !supports(change.postgres(), Feature::not_valid_partitioned_foreign_key))
      return change.refuse("42809",
                           format("cannot add NOT VALID foreign key on partitioned table \"{}\" "
                                  "referencing relation \"{}\"",
                                  table.name, other.name),
                           definition.where, table.qualifiedName());
  }
  putConstraint(*change.edit(table_id), constraint);
  const Relation &changed = *change.catalog().relation(table_id);
  if (changed.kind == RelationKind::partitioned_table)
    for (ObjectId child : SharedVector<ObjectId>(changed.children))
      cloneForeignKey(change, child, constraint);
  return true;
}

void cloneForeignKey(Change &change, ObjectId partition_id, const Constraint &constraint) {
  const Relation &partition = *change.catalog().relation(partition_id);
  if (partition.kind == RelationKind::foreign_table)
    return;
  // tryAttachPartitionForeignKey (tablecmds.c): an equal key of the partition's own is adopted.
  for (const Constraint &own : partition.constraints)
    if (own.kind == ConstraintKind::foreign_key && own.referenced == constraint.referenced &&
        own.columns == constraint.columns &&
        own.referenced_columns == constraint.referenced_columns && own.inherited == 0 &&
        own.on_delete == constraint.on_delete && own.on_update == constraint.on_update &&
        own.match == constraint.match && own.deferrable == constraint.deferrable) {
      const std::string name = own.name;
      ObjectEdit<Relation> edited = change.edit(partition_id);
      Constraint &adopted = *findConstraint(*edited, name);
      adopted.inherited = 1;
      adopted.is_local = false;
      return;
    }
  Constraint copy = constraint;
  copy.is_local = false;
  copy.inherited = 1;
  copy.origin = change.origin();
  if (partition.findConstraint(copy.name))
    copy.name = chooseConstraintName(change.state(), partition.name, joinColumnNames(copy.columns),
                                     "fkey", partition.schema);
  change.edit(partition_id)->constraints.push_back(copy);
  for (ObjectId child : SharedVector<ObjectId>(change.catalog().relation(partition_id)->children))
    cloneForeignKey(change, child, constraint);
}

} // namespace lockstep::catalog
