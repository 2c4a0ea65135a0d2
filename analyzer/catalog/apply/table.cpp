#include "catalog/apply/apply_op.hpp"
#include "catalog/change/column.hpp"
#include "catalog/change/constraint.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/inherit.hpp"
#include "catalog/change/not_null.hpp"
#include "catalog/change/partition.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/generated_names.hpp"

namespace lockstep::catalog {

/// Columns of OF type.
static bool addTypedColumns(Change &change, TableDraft &draft, const TypeName &type) {
  ResolvedType resolved;
  if (!resolveType(change, type, resolved))
    return false;
  draft.relation.of_type = resolved.type;
  const Type *composite = change.catalog().type(resolved.id);
  const Relation *attributes = composite ? change.catalog().relation(composite->relation) : nullptr;
  if (!attributes) {
    draft.relation.partial = true;
    return true;
  }
  draft.relation.references.push_back(Reference{composite->id, {}, PartKind::whole, {}});
  for (Column column : attributes->columns) {
    column.origin = change.origin();
    draft.relation.columns.push_back(std::move(column));
  }
  return true;
}

/// A column of OF or PARTITION OF that only adds options to the one of the type or parent.
static bool addOptions(Change &change, Relation &table, const ColumnDef &definition) {
  Column *column = findColumn(table, definition.name);
  if (!column && table.partial)
    column = &ensureColumn(table, definition.name);
  if (!column)
    return change.refuse("42703", format("column \"{}\" does not exist", definition.name),
                         definition.where, table.qualifiedName());
  column->not_null = column->not_null || definition.not_null;
  if (definition.default_value) {
    eraseReferences(table, PartKind::default_value, column->name);
    BuiltColumn built;
    built.column = *column;
    setDefault(change, built, definition.default_value, false);
    *column = std::move(built.column);
    table.references.append(built.references);
  }
  return true;
}

static bool addColumn(Change &change, TableDraft &draft, const ColumnDef &definition) {
  Relation &table = draft.relation;
  if (definition.type.empty())
    return addOptions(change, table, definition);
  BuiltColumn built;
  const ColumnOwner owner{table.schema, table.name, table.persistence};
  if (!buildColumn(change, owner, definition, built))
    return false;
  if (Column *existing = findColumn(table, definition.name)) {
    if (existing->inherited == 0 || existing->is_local)
      return change.refuse("42701",
                           format("column \"{}\" specified more than once", definition.name),
                           definition.name_where, table.qualifiedName());
    if (!mergeColumn(change, table, *existing, std::move(built.column), definition.where))
      return false;
  } else if (table.columns.size() >= max_columns) {
    return change.refuse("54011",
                         format("tables can have at most {} columns", std::to_string(max_columns)),
                         definition.where, table.qualifiedName());
  } else {
    table.columns.push_back(std::move(built.column));
  }
  table.references.append(built.references);
  return true;
}

/// Columns, in the order that MergeAttributes gives them: inherited ones first.
static bool addColumns(Change &change, TableDraft &draft, const CreateTable &op, ObjectId parent) {
  if (!op.of_type.empty() && !addTypedColumns(change, draft, op.of_type))
    return false;
  if (parent != ObjectId::none && !inheritFrom(change, draft, parent, op.partition_of->where))
    return false;
  for (const QualifiedName &name : op.inherits) {
    const Target target = findTarget(change, name, RelationKind::table, false);
    if (target.refused)
      return false;
    const Relation &above = *change.catalog().relation(target.id);
    if (above.kind == RelationKind::partitioned_table && change.catalog().isCertain(above))
      return change.refuse("42809",
                           format("cannot inherit from partitioned table \"{}\"", name.name),
                           name.where, above.qualifiedName());
    if (!inheritFrom(change, draft, target.id, name.where))
      return false;
  }
  auto like = op.likes.begin();
  draft.relation.columns.reserve(draft.relation.columns.size() + op.columns.size());
  for (size_t i = 0; i <= op.columns.size(); ++i) {
    for (; like != op.likes.end() && like->position <= i; ++like)
      if (!addLike(change, draft, *like))
        return false;
    if (i < op.columns.size() && !addColumn(change, draft, op.columns[i]))
      return false;
  }
  return true;
}

/// The constraints of all columns and of the table itself, of the kinds that `wanted` takes.
template <class Wanted>
static bool addConstraints(Change &change, ObjectId table, const CreateTable &op, Wanted &&wanted) {
  const ConstraintMode mode{false, true};
  for (const ColumnDef &column : op.columns)
    for (const ConstraintDef &constraint : column.constraints)
      if (wanted(constraint) && !addConstraint(change, table, constraint, mode))
        return false;
  for (const ConstraintDef &constraint : op.constraints)
    if (wanted(constraint) && !addConstraint(change, table, constraint, mode))
      return false;
  return true;
}

static bool addAllConstraints(Change &change, ObjectId table, const CreateTable &op,
                              const TableDraft &draft) {
  using enum ConstraintKind;
  const auto of = [](ConstraintKind kind) {
    return [kind](const ConstraintDef &constraint) { return constraint.kind == kind; };
  };
  // DefineRelation adds CHECK and NOT NULL; then follow the indexes, the primary key first, and at
  // last the foreign keys (transformCreateStmt, parse_utilcmd.c).
  if (!addConstraints(change, table, op, of(check)))
    return false;
  addOwnNotNulls(change, *change.edit(table), op);
  if (!addConstraints(change, table, op, of(primary_key)) ||
      !addConstraints(change, table, op, [](const ConstraintDef &constraint) {
        return constraint.kind == unique || constraint.kind == exclusion;
      }))
    return false;
  finishLike(change, table, draft);
  return addConstraints(change, table, op, of(foreign_key));
}

bool applyOp(Change &change, const CreateTable &op) {
  const QualifiedName name = creationName(change, op.table, op.persistence);
  if (!requireSchema(change, op.table))
    return false;
  const NameEntry *entry = change.state().relation_names.find(NameView{name.schema, name.name});
  if (op.if_not_exists && entry && entry->id != ObjectId::none)
    return true;
  ObjectId replaced = ObjectId::none;
  if (!requireFreeName(change, name, op.table.where, replaced))
    return false;
  if (replaced != ObjectId::none)
    removeRelation(change, replaced);

  ObjectId parent = ObjectId::none;
  if (!op.partition_of.empty()) {
    const Target target =
        findTarget(change, op.partition_of, RelationKind::partitioned_table, false);
    if (target.refused || !requirePartitioned(change, target.id, op.partition_of))
      return false;
    parent = target.id;
    if (op.bound && !requireFreeBound(change, parent, *op.bound, name.name, op.partition_of->where))
      return false;
  }

  TableDraft draft;
  Relation &table = draft.relation;
  table.id = replaced;
  table.kind = op.is_foreign     ? RelationKind::foreign_table
               : op.partition_by ? RelationKind::partitioned_table
                                 : RelationKind::table;
  table.schema = name.schema;
  table.name = name.name;
  table.persistence = op.persistence;
  table.server = op.server;
  table.access_method = op.access_method;
  table.tablespace = op.tablespace;
  table.options = op.options;
  table.on_commit = op.on_commit;
  table.origin = change.origin();
  table.populated = table.origin.isBase() || op.is_foreign;
  table.is_partition = parent != ObjectId::none;
  if (op.bound)
    table.bound = *op.bound;
  if (!addColumns(change, draft, op, parent))
    return false;
  if (op.partition_by) {
    table.partition_by = *op.partition_by;
    for (const IndexElement &key : table.partition_by->keys)
      if (key.expression)
        addReferences(change, table, key.expression->root, PartKind::whole, {});
      else if (!table.partial && !table.findColumn(key.column))
        return change.refuse(
            "42703", format("column \"{}\" named in partition key does not exist", key.column),
            op.table.where, table.qualifiedName());
  }

  const auto too_deep = std::erase_if(table.parents, [&](ObjectId above) {
    return isTooDeep(change.catalog(), *change.catalog().relation(above), table);
  });
  table.partial = table.partial || too_deep > 0;
  const ObjectId id = change.create(table);
  const std::vector<ObjectId> parents = table.parents;
  for (ObjectId above : parents) {
    noteDefaultPartition(change, above, id);
    change.edit(above)->children.push_back(id);
  }
  const Relation &created = *change.catalog().relation(id);
  for (size_t i = 0; i < created.columns.size(); ++i)
    if (created.columns[i].is_local || created.columns[i].inherited == 0)
      ownSequence(change, id, created.columns[i]);
  // The parent's keys come before the table's own: a second primary key is refused.
  if (parent != ObjectId::none && !parents.empty())
    clonePartitionParts(change, parent, id);
  return addAllConstraints(change, id, op, draft);
}

} // namespace lockstep::catalog
