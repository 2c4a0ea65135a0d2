#include "catalog/apply/apply_op.hpp"
#include "catalog/change/column.hpp"
#include "catalog/change/constraint.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/target.hpp"

#include <algorithm>

namespace lockstep {

bool applyOp(Change &change, const AddConstraint &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  if (!relation.holdsRows() && change.catalog().isCertain(relation))
    return refuseKind(change, op.target.relation, ObjectKind::table);
  return addConstraint(change, target.id, op.constraint, {op.target.only, false});
}

/// Refuses a constraint that is known not to exist.
static bool requireConstraint(Change &change, const Relation &relation, const std::string &name,
                              Range where) {
  if (relation.findConstraint(name) || !change.catalog().isCertain(relation))
    return true;
  return change.refuse(
      "42704", format("constraint \"{}\" of relation \"{}\" does not exist", name, relation.name),
      where, relation.qualifiedName());
}

/// True where `below` is what a child inherited of `above`.
static bool isInheritedFrom(const Catalog &catalog, const Constraint &below,
                            const Constraint &above) {
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
  for (ObjectId child : std::vector<ObjectId>(change.catalog().relation(id)->children)) {
    const SharedVector<Constraint> constraints = change.catalog().relation(child)->constraints;
    for (const Constraint &below : constraints)
      if (isInheritedFrom(change.catalog(), below, constraint))
        validate(change, child, below);
  }
}

bool applyOp(Change &change, const ValidateConstraint &op) {
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
                           change.postgres() >= 18
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

bool applyOp(Change &change, const AlterConstraint &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  if (!requireConstraint(change, relation, op.constraint, op.where))
    return false;
  ObjectEdit<Relation> edited = change.edit(target.id);
  Constraint *constraint = findConstraint(*edited, op.constraint);
  if (!constraint)
    return true;
  if (constraint->kind != ConstraintKind::foreign_key && (op.deferrable || op.enforced) &&
      change.catalog().isCertain(relation))
    return change.refuse("42809",
                         op.enforced ? format("cannot alter enforceability of constraint \"{}\" of "
                                              "relation \"{}\"",
                                              op.constraint, relation.name)
                                     : format("constraint \"{}\" of relation \"{}\" is not a "
                                              "foreign key constraint",
                                              op.constraint, relation.name),
                         op.where, relation.qualifiedName());
  if (op.deferrable)
    constraint->deferrable = *op.deferrable;
  if (op.initially_deferred)
    constraint->initially_deferred = *op.initially_deferred;
  if (op.enforced) {
    constraint->enforced = *op.enforced;
    constraint->valid = *op.enforced; // Becoming enforced checks all rows.
  }
  if (op.no_inherit)
    constraint->no_inherit = *op.no_inherit;
  return true;
}

// --- DROP CONSTRAINT
// ------------------------------------------------------------------------------

static bool dropConstraint(Change &change, ObjectId id, const std::string &name,
                           const DropConstraint &op) {
  const Constraint constraint = *change.catalog().relation(id)->findConstraint(name);
  const std::vector<ObjectId> children = change.catalog().relation(id)->children;
  for (ObjectId child : children) {
    // Keys go with their index, which goes with the parent's.
    if (constraint.index != ObjectId::none)
      break;
    const SharedVector<Constraint> below = change.catalog().relation(child)->constraints;
    for (const Constraint &own : below) {
      if (!isInheritedFrom(change.catalog(), own, constraint))
        continue;
      if (!op.target.only && own.inherited <= 1 && !own.is_local) {
        if (!dropConstraint(change, child, own.name, op))
          return false;
        continue;
      }
      ObjectEdit<Relation> edited = change.edit(child);
      Constraint &kept = *findConstraint(*edited, own.name);
      --kept.inherited;
      kept.is_local = kept.is_local || op.target.only;
    }
  }
  return dropPart(change, id, PartKind::constraint, name, op.cascade, op.where);
}

/// Takes the constraints of partitions out whose index goes with the parent's.
static void dropKeysBelow(Change &change, ObjectId index) {
  const Relation *relation = change.catalog().relation(index);
  if (!relation)
    return;
  for (ObjectId child : relation->children) {
    const Relation *below = change.catalog().relation(child);
    if (!below || !below->index)
      continue;
    dropKeysBelow(change, child);
    if (!below->index->constraint.empty()) {
      const std::string name = below->index->constraint;
      ObjectEdit<Relation> table = change.edit(below->index->table);
      table->constraints.eraseIf(
          [&](const Constraint &constraint) { return constraint.name == name; });
    }
  }
}

bool applyOp(Change &change, const DropConstraint &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  const Constraint *constraint = relation.findConstraint(op.constraint);
  if (!constraint)
    return op.if_exists || requireConstraint(change, relation, op.constraint, op.where);
  const bool certain = change.catalog().isCertain(relation);
  if (constraint->inherited > 0 && certain)
    return change.refuse("42P16",
                         format("cannot drop inherited constraint \"{}\" of relation \"{}\"",
                                op.constraint, relation.name),
                         op.where, relation.qualifiedName());
  if (op.target.only && certain && relation.kind == RelationKind::partitioned_table &&
      !relation.children.empty() && constraint->kind == ConstraintKind::check)
    return change.refuse(
        "42P16", "cannot remove constraint from only the partitioned table when partitions exist",
        op.where, relation.qualifiedName());
  if (constraint->kind == ConstraintKind::not_null && certain) {
    const std::string &column = constraint->columns.front();
    const Constraint *key = relation.primaryKey();
    if (key && std::find(key->columns.begin(), key->columns.end(), column) != key->columns.end())
      return change.refuse("42P16", format("column \"{}\" is in a primary key", column), op.where,
                           relation.qualifiedName());
  }
  dropKeysBelow(change, constraint->index);
  return dropConstraint(change, target.id, op.constraint, op);
}

} // namespace lockstep
