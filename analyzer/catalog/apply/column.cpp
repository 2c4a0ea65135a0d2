#include "catalog/apply/column.hpp"

#include "base/pg/feature.hpp"
#include "catalog/apply/apply_op.hpp"
#include "catalog/change/column.hpp"
#include "catalog/change/constraint.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/not_null.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/dependencies.hpp"

#include <algorithm>

namespace lockstep::catalog {

/// The direct children of a relation, as they are now.
static SharedVector<ObjectId> childrenOf(const Change &change, ObjectId id) {
  return change.catalog().relation(id)->children;
}

static bool isFullyKnown(const Change &change, const Relation &relation) {
  return change.catalog().isCertain(relation);
}

// --- ADD COLUMN ----------------------------------------------------------------------------------

/// Adds an inherited column below `id`.
static bool addColumnBelow(Change &change, ObjectId id, const BuiltColumn &built, Range where) {
  for (ObjectId child_id : childrenOf(change, id)) {
    {
      ObjectEdit<Relation> child = change.edit(child_id);
      if (Column *own = findColumn(*child, built.column.name)) {
        if (!own->type.empty() && !(own->type == built.column.type) && isFullyKnown(change, *child))
          return change.refuse("42804",
                               format("child table \"{}\" has different type for column \"{}\"",
                                      child->name, own->name),
                               where, child->qualifiedName());
        ++own->inherited;
        continue;
      }
      Column column = built.column;
      column.is_local = false;
      column.inherited = 1;
      child->columns.push_back(column);
      child->references.append(built.references);
    }
    if (!addColumnBelow(change, child_id, built, where))
      return false;
  }
  return true;
}

bool applyOp(Change &change, const AddColumn &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  const ColumnDef &definition = op.column;
  if (relation.findColumn(definition.name)) {
    if (op.if_not_exists)
      return true;
    if (isFullyKnown(change, relation))
      return change.refuse(
          "42701",
          format("column \"{}\" of relation \"{}\" already exists", definition.name, relation.name),
          definition.name_where, relation.qualifiedName());
  } else if (change.catalog().knowledgeOf(relation, definition.name) == Knowledge::known) {
    return change.refuse(
        "42701", format("column name \"{}\" conflicts with a system column name", definition.name),
        definition.name_where, relation.qualifiedName());
  }
  if (isFullyKnown(change, relation)) {
    if (relation.is_partition)
      return change.refuse("42809", "cannot add column to a partition", op.where,
                           relation.qualifiedName());
    if (op.target.only && !relation.children.empty())
      return change.refuse("42P16", "column must be added to child tables too", op.where,
                           relation.qualifiedName());
  }
  if (relation.columns.size() >= max_columns)
    return change.refuse("54011",
                         format("tables can have at most {} columns", std::to_string(max_columns)),
                         op.where, relation.qualifiedName());
  const ColumnOwner owner{relation.schema, relation.name, relation.persistence};
  BuiltColumn built;
  if (!buildColumn(change, owner, definition, built))
    return false;
  built.column.origin.where = op.where;
  const bool not_null = built.column.not_null;
  built.column.not_null = false; // Set below, with its constraint.
  {
    ObjectEdit<Relation> edited = change.edit(target.id);
    if (Column *existing = findColumn(*edited, definition.name))
      *existing = built.column;
    else
      edited->columns.push_back(built.column);
    edited->dropped_columns.eraseIf(
        [&](const std::string &each) { return each == definition.name; });
    edited->references.append(built.references);
  }
  ownSequence(change, target.id, built.column);
  if (!op.target.only && !addColumnBelow(change, target.id, built, op.where))
    return false;
  if (!not_null)
    return true;
  NotNullMode mode;
  for (const ConstraintDef &constraint : definition.constraints)
    if (constraint.kind == ConstraintKind::not_null) {
      mode.name = constraint.name;
      mode.no_inherit = constraint.no_inherit;
    }
  return setNotNull(change, target.id, definition.name, mode, op.where);
}

bool addColumnConstraints(Change &change, const AddColumn &op, bool keys) {
  const Relation *relation = change.catalog().findRelation(op.target.relation);
  if (!relation)
    return true;
  // IF NOT EXISTS on a column that was there adds no constraint either.
  const Column *column = relation->findColumn(op.column.name);
  if (!column || column->origin.statement != change.origin().statement)
    return true;
  const ObjectId id = relation->id;
  for (const ConstraintDef &constraint : op.column.constraints) {
    const bool is_key = constraint.kind == ConstraintKind::unique ||
                        constraint.kind == ConstraintKind::primary_key ||
                        constraint.kind == ConstraintKind::exclusion;
    if (constraint.kind != ConstraintKind::not_null && is_key == keys &&
        !addConstraint(change, id, constraint, {op.target.only, false}))
      return false;
  }
  return true;
}

// --- DROP COLUMN ---------------------------------------------------------------------------------

static bool dropColumn(Change &change, ObjectId id, const DropColumn &op, bool only) {
  const Relation &relation = *change.catalog().relation(id);
  const std::string object = relation.qualifiedName();
  for (const IndexElement &key : relation.partition_by->keys)
    if (key.column == op.column && isFullyKnown(change, relation))
      return change.refuse("42P16",
                           format("cannot drop column \"{}\" because it is part of the partition "
                                  "key of relation \"{}\"",
                                  op.column, relation.name),
                           op.where, object);
  const SharedVector<ObjectId> children = childrenOf(change, id);
  if (only && relation.kind == RelationKind::partitioned_table && !children.empty() &&
      isFullyKnown(change, relation))
    return change.refuse("42P16",
                         "cannot drop column from only the partitioned table when partitions exist",
                         op.where, object);
  for (ObjectId child_id : children) {
    const Relation &child = *change.catalog().relation(child_id);
    const Column *column = child.findColumn(op.column);
    if (!column)
      continue;
    if (!only && column->inherited <= 1 && !column->is_local) {
      if (!dropColumn(change, child_id, op, false))
        return false;
      continue;
    }
    ObjectEdit<Relation> edited = change.edit(child_id);
    Column &own = *findColumn(*edited, op.column);
    own.inherited = std::max(0, own.inherited - 1);
    own.is_local = own.is_local || only;
  }
  // Where the column was never seen, it is remembered as gone.
  if (!change.catalog().relation(id)->findColumn(op.column)) {
    change.edit(id)->dropped_columns.push_back(op.column);
    return true;
  }
  return dropPart(change, id, PartKind::column, op.column, op.cascade, op.where);
}

bool applyOp(Change &change, const DropColumn &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  const Column *column = relation.findColumn(op.column);
  if (!column) {
    if (op.if_exists && change.catalog().knowledgeOf(relation, op.column) == Knowledge::absent)
      return true;
    if (!requireColumn(change, relation, op.column, op.where))
      return false;
  } else if (column->inherited > 0 && isFullyKnown(change, relation)) {
    return change.refuse("42P16", format("cannot drop inherited column \"{}\"", op.column),
                         op.where, relation.qualifiedName());
  }
  return dropColumn(change, target.id, op, op.target.only);
}

// --- Changes of one column -----------------------------------------------------------------------

/// Applies `update(relation, column)` to the target's column and, where `recurse`, to the same
/// column of all descendants.
template <class Op, class Update>
static bool updateColumn(Change &change, const Op &op, bool recurse, Update &&update) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  if (!requireColumn(change, relation, op.column, op.where))
    return false;
  std::vector<ObjectId> ids;
  for (const Relation *each : change.catalog().withDescendants(relation)) {
    ids.push_back(each->id);
    if (!recurse || op.target.only)
      break;
  }
  for (ObjectId id : ids) {
    ObjectEdit<Relation> edited = change.edit(id);
    if (id != target.id && !edited->findColumn(op.column))
      continue;
    Column &column = ensureColumn(*edited, op.column);
    if (!update(*edited, column))
      return false;
  }
  return true;
}

/// Refuses a new type for a column that something was compiled against
/// (RememberAllDependentForRebuilding, tablecmds.c).
static bool mayChangeType(Change &change, const Relation &relation, const Column &column,
                          Range where) {
  const Catalog &catalog = change.catalog();
  const std::string object = relation.qualifiedName();
  for (const IndexElement &key : relation.partition_by->keys)
    if (key.column == column.name)
      return change.refuse("42P16",
                           format("cannot alter column \"{}\" because it is part of the partition "
                                  "key of relation \"{}\"",
                                  column.name, relation.name),
                           where, object);
  for (const DependentAddress &dependent :
       dependentsOf(catalog, Address{relation.id, PartKind::column, column.name})) {
    const Relation *by = catalog.relation(dependent.address.id);
    if (by && !isFullyKnown(change, *by))
      continue;
    std::string_view message;
    switch (dependent.address.kind) {
    case PartKind::whole:
      if (by && (by->kind == RelationKind::view || by->kind == RelationKind::materialized_view))
        message = "cannot alter type of a column used by a view or rule";
      if (catalog.function(dependent.address.id))
        message = "cannot alter type of a column used by a function or procedure";
      break;
    case PartKind::rule:
      message = "cannot alter type of a column used by a view or rule";
      break;
    case PartKind::column:
      message = "cannot alter type of a column used by a generated column";
      break;
    case PartKind::policy:
      message = "cannot alter type of a column used in a policy definition";
      break;
    case PartKind::trigger:
      message = "cannot alter type of a column used in a trigger definition";
      break;
    case PartKind::constraint:
    case PartKind::default_value:
      break;
    }
    const bool is_syntax = dependent.address.kind == PartKind::column &&
                           !supports(change.postgres(), Feature::refuses_type_as_unsupported);
    if (!message.empty())
      return change.refuse(is_syntax ? "42601" : "0A000", std::string(message), where, object);
  }
  return true;
}

bool applyOp(Change &change, const AlterColumnType &op) {
  ResolvedType resolved;
  if (!resolveType(change, op.type, resolved))
    return false;
  return updateColumn(change, op, true, [&](Relation &relation, Column &column) {
    if (isFullyKnown(change, relation) && !mayChangeType(change, relation, column, op.where))
      return false;
    column.type = resolved.type;
    column.type_id = resolved.id;
    column.collation = op.collation;
    return true;
  });
}

bool applyOp(Change &change, const SetDefault &op) {
  return updateColumn(change, op, true, [&](Relation &relation, Column &column) {
    if (isFullyKnown(change, relation)) {
      if (column.identity != Identity::none)
        return change.refuse("42601",
                             format("column \"{}\" of relation \"{}\" is an identity column",
                                    column.name, relation.name),
                             op.where, relation.qualifiedName());
      if (column.generated != Generated::none)
        return change.refuse("42601",
                             format("column \"{}\" of relation \"{}\" is a generated column",
                                    column.name, relation.name),
                             op.where, relation.qualifiedName());
    }
    eraseReferences(relation, PartKind::default_value, column.name);
    column.default_value.reset();
    column.is_serial = false;
    if (op.value && !isNullDefault(column, *op.value)) {
      column.default_value = op.value;
      addReferences(change, relation, op.value->root, PartKind::default_value, column.name);
    }
    return true;
  });
}

bool applyOp(Change &change, const SetNotNull &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  return requireColumn(change, *change.catalog().relation(target.id), op.column, op.where) &&
         setNotNull(change, target.id, op.column, {{}, true, false, op.target.only}, op.where);
}

bool applyOp(Change &change, const DropNotNull &op) {
  // What is dropped is the constraint, where there are any.
  if (supports(change.postgres(), Feature::not_null_constraints)) {
    const Relation *table = change.catalog().findRelation(op.target.relation);
    const Column *column = table ? table->findColumn(op.column) : nullptr;
    if (const Constraint *constraint =
            column && column->identity == Identity::none ? findNotNull(*table, op.column) : nullptr)
      return applyOp(change, DropConstraint{op.target, constraint->name, false, false, op.where});
  }
  return updateColumn(change, op, true, [&](Relation &relation, Column &column) {
    if (isFullyKnown(change, relation)) {
      const Constraint *key = relation.primaryKey();
      if (key &&
          std::find(key->columns.begin(), key->columns.end(), column.name) != key->columns.end())
        return change.refuse("42P16", format("column \"{}\" is in a primary key", column.name),
                             op.where, relation.qualifiedName());
      if (column.identity != Identity::none)
        return change.refuse("42601",
                             format("column \"{}\" of relation \"{}\" is an identity column",
                                    column.name, relation.name),
                             op.where, relation.qualifiedName());
      for (ObjectId id : relation.parents) {
        const Relation *parent = change.catalog().relation(id);
        const Column *above = parent ? parent->findColumn(column.name) : nullptr;
        if (relation.is_partition && above && above->not_null && column.inherited > 0)
          return change.refuse(
              "42P16", format("column \"{}\" is marked NOT NULL in parent table", column.name),
              op.where, relation.qualifiedName());
      }
    }
    dropNotNull(relation, column);
    return true;
  });
}

bool applyOp(Change &change, const SetGenerationExpression &op) {
  return updateColumn(change, op, true, [&](Relation &relation, Column &column) {
    if (column.generated == Generated::none && isFullyKnown(change, relation))
      return change.refuse("55000",
                           format("column \"{}\" of relation \"{}\" is not a generated column",
                                  column.name, relation.name),
                           op.where, relation.qualifiedName());
    if (column.generated == Generated::none)
      column.generated = Generated::stored;
    eraseReferences(relation, PartKind::default_value, column.name);
    column.generation = std::make_shared<const SqlExpression>(op.expression);
    addReferences(change, relation, op.expression.root, PartKind::default_value, column.name);
    return true;
  });
}

bool applyOp(Change &change, const DropGenerationExpression &op) {
  return updateColumn(change, op, true, [&](Relation &relation, Column &column) {
    if (column.generated == Generated::none && isFullyKnown(change, relation)) {
      if (op.if_exists)
        return true;
      return change.refuse("55000",
                           format("column \"{}\" of relation \"{}\" is not a generated column",
                                  column.name, relation.name),
                           op.where, relation.qualifiedName());
    }
    eraseReferences(relation, PartKind::default_value, column.name);
    column.generated = Generated::none;
    column.generation.reset();
    return true;
  });
}

} // namespace lockstep::catalog
