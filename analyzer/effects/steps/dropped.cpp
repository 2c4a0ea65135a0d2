#include "effects/steps/dropped.hpp"

#include "effects/steps/foreign_key.hpp"

#include <algorithm>

namespace lockstep::effects {

bool usesColumn(const Constraint &constraint, std::string_view column) {
  const auto isColumn = [&](const std::string &name) { return name == column; };
  if (std::any_of(constraint.columns.begin(), constraint.columns.end(), isColumn))
    return true;
  if (!constraint.expression)
    return false;
  const std::vector<std::string> mentioned = columnsOf(constraint.expression->root);
  return std::any_of(mentioned.begin(), mentioned.end(), isColumn);
}

/// A foreign key takes its triggers along, which stand on the referenced table, too. Those of a
/// partition are its parent's.
static void lockOtherSide(const Relation &table, const Constraint &constraint, Collector &out) {
  const bool is_inherited = table.is_partition && constraint.inherited > 0;
  if (constraint.kind == ConstraintKind::foreign_key && !is_inherited &&
      constraint.referenced != table.id)
    lockReferencedOf(constraint, LockMode::access_exclusive, out);
}

static LockReason reasonOf(const Relation &relation, bool is_target) {
  if (is_target)
    return LockReason::target;
  if (relation.isIndex())
    return LockReason::index;
  return relation.is_partition ? LockReason::partition : LockReason::dependent;
}

static void lockWhole(const Relation &relation, bool is_target, Collector &out) {
  const Catalog &catalog = out.catalog();
  out.lock(relation, LockMode::access_exclusive, reasonOf(relation, is_target));
  if (relation.index)
    out.lock(relation.index->table, LockMode::access_exclusive,
             is_target ? LockReason::target : LockReason::dependent);
  for (const Constraint &constraint : relation.constraints)
    lockOtherSide(relation, constraint, out);
  if (!relation.is_partition || relation.parents.empty())
    return;
  // The parent's list of partitions changes, and with it the bound of the default partition
  // (heap_drop_with_catalog, heap.c).
  const Relation *parent = catalog.relation(relation.parents.front());
  if (!parent || parent->isIndex())
    return;
  out.lock(*parent, LockMode::access_exclusive, LockReason::parent);
  if (const Relation *fallback = catalog.defaultPartition(*parent))
    out.lock(*fallback, LockMode::access_exclusive, LockReason::default_partition);
}

static void lockAddress(const Address &address, bool is_target, Collector &out) {
  if (const Type *type = out.catalog().type(address.id)) {
    out.lock(type->relation, LockMode::access_exclusive, LockReason::target);
    return;
  }
  const Relation *relation = out.catalog().relation(address.id);
  if (!relation)
    return;
  if (address.kind == PartKind::whole)
    return lockWhole(*relation, is_target, out);
  out.lock(*relation, LockMode::access_exclusive,
           is_target ? LockReason::target : LockReason::dependent);
  if (address.kind == PartKind::constraint)
    if (const Constraint *constraint = relation->findConstraint(address.part))
      lockOtherSide(*relation, *constraint, out);
}

void lockDropped(std::vector<Address> objects, Collector &out) {
  const Dropped dropped = findDropped(out.catalog(), objects);
  const auto isTarget = [&](const Address &address) {
    return std::find(objects.begin(), objects.end(), address) != objects.end();
  };
  for (const Address &address : dropped.objects)
    lockAddress(address, isTarget(address), out);
  for (const Address &address : dropped.dependents)
    lockAddress(address, false, out);
}

void lockDropped(const Relation &relation, Collector &out) {
  lockDropped({Address{relation.id, PartKind::whole, {}}}, out);
}

} // namespace lockstep::effects
