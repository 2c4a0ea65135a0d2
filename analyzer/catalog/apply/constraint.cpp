#include "catalog/change/constraint.hpp"

#include "catalog/apply/apply_op.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/change/target.hpp"

#include <algorithm>

namespace lockstep::catalog {

bool applyOp(Change &change, const AddConstraint &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  const Relation &relation = *change.catalog().relation(target.id);
  if (!relation.holdsRows() && change.catalog().isCertain(relation))
    return refuseKind(change, op.target.relation, ObjectKind::table);
  return addConstraint(change, target.id, op.constraint, {op.target.only, false});
}

bool applyOp(Change &change, const ValidateConstraint &op) {
  return validateConstraint(change, op);
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

// --- DROP CONSTRAINT -----------------------------------------------------------------------------

static bool dropConstraint(Change &change, ObjectId id, const std::string &name,
                           const DropConstraint &op) {
  const Constraint constraint = *change.catalog().relation(id)->findConstraint(name);
  const SharedVector<ObjectId> children = change.catalog().relation(id)->children;
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

} // namespace lockstep::catalog
