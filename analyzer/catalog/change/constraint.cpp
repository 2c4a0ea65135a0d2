#include "catalog/change/constraint.hpp"

#include "base/pg/feature.hpp"
#include "catalog/change/column.hpp"
#include "catalog/change/foreign_key.hpp"
#include "catalog/change/key_constraint.hpp"
#include "catalog/change/not_null.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/generated_names.hpp"

namespace lockstep::catalog {

Constraint constraintOf(const Change &change, const ConstraintDef &definition) {
  Constraint constraint;
  constraint.kind = definition.kind;
  constraint.name = definition.name;
  constraint.columns = definition.columns;
  constraint.expression = definition.expression;
  constraint.on_delete = definition.on_delete;
  constraint.on_update = definition.on_update;
  constraint.match = definition.match;
  constraint.delete_columns = definition.delete_columns;
  // Only CHECK and FOREIGN KEY can be NOT ENFORCED (18).
  constraint.enforced = definition.enforced || (definition.kind != ConstraintKind::check &&
                                                definition.kind != ConstraintKind::foreign_key);
  constraint.valid = !definition.not_valid && constraint.enforced;
  constraint.deferrable = definition.deferrable;
  constraint.initially_deferred = definition.initially_deferred;
  constraint.no_inherit = definition.no_inherit;
  constraint.nulls_not_distinct = definition.nulls_not_distinct;
  constraint.without_overlaps = definition.without_overlaps;
  constraint.origin = change.origin();
  constraint.origin.where = definition.where;
  return constraint;
}

bool requireFreeConstraint(Change &change, const Relation &relation, const std::string &name,
                           Range where) {
  if (!relation.findConstraint(name) || !change.catalog().isCertain(relation))
    return true;
  return change.refuse(
      "42710", format("constraint \"{}\" for relation \"{}\" already exists", name, relation.name),
      where, relation.qualifiedName());
}

Constraint &putConstraint(Relation &relation, Constraint constraint) {
  if (Constraint *existing = findConstraint(relation, constraint.name)) {
    *existing = std::move(constraint);
    return *existing;
  }
  return relation.constraints.push_back(std::move(constraint));
}

/// Copies what a parent gives to its children.
static Constraint inheritedCopy(const Change &change, const Constraint &constraint) {
  Constraint copy = constraint;
  copy.is_local = false;
  copy.inherited = 1;
  copy.origin = change.origin();
  copy.origin.where = constraint.origin.where;
  return copy;
}

bool inheritCheck(Change &change, ObjectId child_id, const Constraint &constraint, Range where) {
  const Relation &child = *change.catalog().relation(child_id);
  const Constraint *own = child.findConstraint(constraint.name);
  if (own && own->kind != ConstraintKind::check)
    return requireFreeConstraint(change, child, constraint.name, where);
  if (own && own->no_inherit && change.catalog().isCertain(child))
    return change.refuse("42P17",
                         format("constraint \"{}\" conflicts with non-inherited constraint on "
                                "relation \"{}\"",
                                own->name, child.name),
                         where, child.qualifiedName());
  const bool had_own = own != nullptr;
  {
    ObjectEdit<Relation> relation = change.edit(child_id);
    if (had_own) {
      ++findConstraint(*relation, constraint.name)->inherited;
    } else {
      relation->constraints.push_back(inheritedCopy(change, constraint));
      if (constraint.expression)
        addReferences(change, *relation, constraint.expression->root, PartKind::constraint,
                      constraint.name);
    }
  }
  if (!had_own)
    for (ObjectId grandchild :
         SharedVector<ObjectId>(change.catalog().relation(child_id)->children))
      if (!inheritCheck(change, grandchild, constraint, where))
        return false;
  return true;
}

/// Adds a CHECK constraint and inherits it down.
static bool addInheritable(Change &change, ObjectId table, Constraint constraint,
                           ConstraintMode mode, Range where) {
  const SharedVector<ObjectId> children = change.catalog().relation(table)->children;
  if (mode.only && !children.empty() && !constraint.no_inherit)
    return change.refuse("42P16", "constraint must be added to child tables too", where,
                         change.catalog().relation(table)->qualifiedName());
  {
    ObjectEdit<Relation> relation = change.edit(table);
    if (constraint.expression)
      addReferences(change, *relation, constraint.expression->root, PartKind::constraint,
                    constraint.name);
    putConstraint(*relation, constraint);
  }
  if (constraint.no_inherit || mode.only)
    return true;
  for (ObjectId child : children)
    if (!inheritCheck(change, child, constraint, where))
      return false;
  return true;
}

/// True where a CHECK of the name is there by inheritance only: an equal one of the table's own is
/// merged with it (MergeWithExistingConstraint, heap.c).
static bool mergesWithInherited(const Relation &relation, const std::string &name) {
  const Constraint *existing = relation.findConstraint(name);
  return existing && existing->kind == ConstraintKind::check && existing->inherited > 0 &&
         !existing->is_local;
}

static bool makeLocal(Change &change, ObjectId table, const Constraint &constraint) {
  ObjectEdit<Relation> edited = change.edit(table);
  Constraint &existing = *findConstraint(*edited, constraint.name);
  existing.is_local = !edited->is_partition;
  existing.enforced = existing.enforced || constraint.enforced;
  existing.valid = existing.valid || constraint.valid;
  return true;
}

static bool addCheck(Change &change, ObjectId table, const ConstraintDef &definition,
                     ConstraintMode mode) {
  const Relation &relation = *change.catalog().relation(table);
  Constraint constraint = constraintOf(change, definition);
  constraint.columns =
      definition.expression ? columnsOf(definition.expression->root) : std::vector<std::string>();
  if (!requireColumns(change, relation, constraint.columns, definition.where,
                      "column \"{}\" does not exist"))
    return false;
  // Where no column has that name, it is the whole row.
  std::erase_if(constraint.columns, [&](const std::string &column) {
    return !relation.findColumn(column) && column == relation.name;
  });
  constraint.valid = constraint.valid || (mode.new_table && constraint.enforced);
  constraint.name_generated = definition.name.empty();
  if (definition.name.empty())
    constraint.name = chooseConstraintName(
        change.state(), relation.name,
        constraint.columns.size() == 1 ? constraint.columns.front() : std::string(), "check",
        relation.schema);
  else if (mergesWithInherited(relation, constraint.name))
    return makeLocal(change, table, constraint);
  else if (!requireFreeConstraint(change, relation, constraint.name, definition.where))
    return false;
  return addInheritable(change, table, std::move(constraint), mode, definition.where);
}

static bool addNotNull(Change &change, ObjectId table, const ConstraintDef &definition,
                       ConstraintMode mode) {
  const Relation &relation = *change.catalog().relation(table);
  for (const std::string &column : definition.columns) {
    if (!requireColumn(change, relation, column, definition.where))
      return false;
    if (!definition.name.empty() && !findNotNull(relation, column) &&
        !requireFreeConstraint(change, relation, definition.name, definition.where))
      return false;
    if (!setNotNull(change, table, column,
                    {definition.name, !definition.not_valid, definition.no_inherit, mode.only},
                    definition.where))
      return false;
  }
  return true;
}

bool addConstraint(Change &change, ObjectId table, const ConstraintDef &definition,
                   ConstraintMode mode) {
  switch (definition.kind) {
  case ConstraintKind::check:
    return addCheck(change, table, definition, mode);
  case ConstraintKind::not_null:
    return addNotNull(change, table, definition, mode);
  case ConstraintKind::unique:
  case ConstraintKind::primary_key:
  case ConstraintKind::exclusion:
    return addKey(change, table, definition, mode);
  case ConstraintKind::foreign_key:
    return addForeignKey(change, table, definition, mode);
  }
  return true;
}

bool requireConstraint(Change &change, const Relation &relation, const std::string &name,
                       Range where) {
  if (relation.findConstraint(name) || !change.catalog().isCertain(relation))
    return true;
  return change.refuse(
      "42704", format("constraint \"{}\" of relation \"{}\" does not exist", name, relation.name),
      where, relation.qualifiedName());
}

bool isInheritedFrom(const Catalog &catalog, const Constraint &below, const Constraint &above) {
  if (below.kind != above.kind || below.inherited == 0)
    return false;
  switch (above.kind) {
  case ConstraintKind::check:
    return below.name == above.name;
  case ConstraintKind::not_null:
    return below.columns == above.columns;
  case ConstraintKind::foreign_key:
    return below.columns == above.columns && below.referenced == above.referenced &&
           below.referenced_columns == above.referenced_columns;
  case ConstraintKind::unique:
  case ConstraintKind::primary_key:
  case ConstraintKind::exclusion: {
    const Relation *index = catalog.relation(below.index);
    return index && index->index && index->index->parent == above.index;
  }
  }
  return false;
}

/// Marks a constraint as valid, on the children as well.
static void validate(Change &change, ObjectId id, const Constraint &constraint) {
  {
    ObjectEdit<Relation> edited = change.edit(id);
    Constraint *own = findConstraint(*edited, constraint.name);
    if (!own || own->valid)
      return;
    own->valid = true;
    own->validated = change.origin();
    if (own->kind == ConstraintKind::not_null)
      if (Column *column = findColumn(*edited, own->columns.front()))
        column->not_null_valid = true;
  }
  for (ObjectId child : SharedVector<ObjectId>(change.catalog().relation(id)->children)) {
    const SharedVector<Constraint> constraints = change.catalog().relation(child)->constraints;
    for (const Constraint &below : constraints)
      if (isInheritedFrom(change.catalog(), below, constraint))
        validate(change, child, below);
  }
}

bool validateConstraint(Change &change, const ValidateConstraint &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  if (!requireConstraint(change, relation, op.constraint, op.where))
    return false;
  const Constraint *constraint = relation.findConstraint(op.constraint);
  if (!constraint)
    return true;
  if (change.catalog().isCertain(relation)) {
    const bool can_be_invalid = constraint->kind == ConstraintKind::check ||
                                constraint->kind == ConstraintKind::foreign_key ||
                                constraint->kind == ConstraintKind::not_null;
    if (!can_be_invalid)
      return change.refuse("42809",
                           supports(change.postgres(), Feature::not_valid_not_null)
                               ? format("cannot validate constraint \"{}\" of relation \"{}\"",
                                        op.constraint, relation.name)
                               : format("constraint \"{}\" of relation \"{}\" is not a foreign key "
                                        "or check constraint",
                                        op.constraint, relation.name),
                           op.where, relation.qualifiedName());
    if (!constraint->enforced)
      return change.refuse("55000", "cannot validate NOT ENFORCED constraint", op.where,
                           relation.qualifiedName());
  }
  validate(change, target.id, Constraint(*constraint));
  return true;
}

} // namespace lockstep::catalog
