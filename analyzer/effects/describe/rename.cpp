#include "base/pg/feature.hpp"
#include "effects/describe/describe.hpp"
#include "effects/steps/owned.hpp"

namespace lockstep::effects {

static bool isPartitioned(const Place &place) {
  return place.relation && place.relation->kind == RelationKind::partitioned_table;
}

/// Renaming an index takes SHARE UPDATE EXCLUSIVE, if it is called one: ALTER TABLE on an index,
/// and ALTER INDEX on a table, take ACCESS EXCLUSIVE (RenameRelation, tablecmds.c).
static void renameRelation(const RenameObject &op, Collector &out) {
  const std::optional<Place> place = out.find(op.name, op.if_exists);
  if (!place)
    return;
  const bool is_index =
      op.kind == ObjectKind::index && (!place->relation || place->relation->isIndex());
  out.lock(*place, is_index ? LockMode::share_update_exclusive : LockMode::access_exclusive);
}

static void renameColumn(const RenameObject &op, Collector &out) {
  if (const std::optional<Place> table = out.find(op.name, op.if_exists))
    out.lockTree(out.withDescendants(*table, !op.only), LockMode::access_exclusive);
}

static void renameConstraint(const RenameObject &op, Collector &out) {
  const std::optional<Place> table = out.find(op.name, op.if_exists);
  if (!table)
    return;
  const Constraint *constraint =
      table->relation ? table->relation->findConstraint(op.part) : nullptr;
  const bool is_inherited =
      constraint && !constraint->no_inherit &&
      (constraint->kind == ConstraintKind::check || constraint->kind == ConstraintKind::not_null);
  out.lockTree(out.withDescendants(*table, is_inherited && !op.only), LockMode::access_exclusive);
  if (constraint)
    out.lock(constraint->index, LockMode::share_update_exclusive, LockReason::index);
}

/// From 15 on the clones of a trigger on partitions are renamed, too.
static void renameTrigger(const RenameObject &op, Collector &out) {
  const std::optional<Place> table = out.find(op.name, op.if_exists);
  if (!table)
    return;
  const Trigger *trigger = table->relation ? table->relation->findTrigger(op.part) : nullptr;
  const bool has_clones = supports(out.postgres(), Feature::renames_trigger_clones) &&
                          isPartitioned(*table) && (!trigger || trigger->definition.for_each_row);
  out.lockTree(out.withDescendants(*table, has_clones), LockMode::access_exclusive);
}

/// The relation of a composite type.
static void lockComposite(const QualifiedName &name, LockMode mode, Collector &out) {
  if (const Type *type = out.catalog().findType(name))
    out.lock(type->relation, mode, LockReason::target);
}

static void renameAttribute(const RenameObject &op, Collector &out) {
  lockComposite(op.name, LockMode::access_exclusive, out);
  const Type *type = out.catalog().findType(op.name);
  if (!type || !op.cascade)
    return;
  for (const Relation *table : typedTables(*type, out.catalog()))
    out.lock(*table, LockMode::access_exclusive, LockReason::dependent);
}

void describe(const RenameObject &op, Collector &out) {
  switch (op.kind) {
  case ObjectKind::table:
  case ObjectKind::foreign_table:
  case ObjectKind::view:
  case ObjectKind::materialized_view:
  case ObjectKind::sequence:
  case ObjectKind::index:
    return renameRelation(op, out);
  case ObjectKind::column:
    return renameColumn(op, out);
  case ObjectKind::constraint:
    return renameConstraint(op, out);
  case ObjectKind::trigger:
    return renameTrigger(op, out);
  case ObjectKind::policy:
  case ObjectKind::rule:
    if (const std::optional<Place> table = out.find(op.name, op.if_exists))
      out.lock(*table, LockMode::access_exclusive);
    return;
  case ObjectKind::type:
    return lockComposite(op.name, LockMode::access_exclusive, out);
  case ObjectKind::type_attribute:
    return renameAttribute(op, out);
  case ObjectKind::access_method:
  case ObjectKind::aggregate:
  case ObjectKind::cast:
  case ObjectKind::collation:
  case ObjectKind::conversion:
  case ObjectKind::database:
  case ObjectKind::default_privileges:
  case ObjectKind::domain:
  case ObjectKind::domain_constraint:
  case ObjectKind::event_trigger:
  case ObjectKind::extension:
  case ObjectKind::foreign_data_wrapper:
  case ObjectKind::foreign_server:
  case ObjectKind::function:
  case ObjectKind::language:
  case ObjectKind::large_object:
  case ObjectKind::operator_:
  case ObjectKind::operator_class:
  case ObjectKind::operator_family:
  case ObjectKind::owned:
  case ObjectKind::parameter:
  case ObjectKind::procedure:
  case ObjectKind::publication:
  case ObjectKind::role:
  case ObjectKind::routine:
  case ObjectKind::schema:
  case ObjectKind::statistics:
  case ObjectKind::subscription:
  case ObjectKind::tablespace:
  case ObjectKind::text_search_configuration:
  case ObjectKind::text_search_dictionary:
  case ObjectKind::text_search_parser:
  case ObjectKind::text_search_template:
  case ObjectKind::transform:
  case ObjectKind::user_mapping:
    return;
  }
}

static bool isRelationKind(ObjectKind kind) {
  return kind == ObjectKind::table || kind == ObjectKind::foreign_table ||
         kind == ObjectKind::view || kind == ObjectKind::materialized_view ||
         kind == ObjectKind::sequence || kind == ObjectKind::index;
}

void describe(const SetSchema &op, Collector &out) {
  if (!isRelationKind(op.kind))
    return;
  const std::optional<Place> place = out.find(op.name, op.if_exists);
  if (!place)
    return;
  out.lock(*place, LockMode::access_exclusive);
  if (place->relation)
    lockOwnedSequences(*place->relation, out);
}

/// Indexes and owned sequences follow their table, unless the owner is the same already
/// (ATExecChangeOwner, tablecmds.c).
void describe(const ChangeOwner &op, Collector &out) {
  if (op.kind == ObjectKind::type)
    return lockComposite(op.name, LockMode::access_exclusive, out);
  if (!isRelationKind(op.kind))
    return;
  if (const std::optional<Place> place = out.find(op.name)) {
    out.lock(*place, LockMode::access_exclusive);
    changeOwner(*place, op.owner, out);
  }
}

} // namespace lockstep::effects
