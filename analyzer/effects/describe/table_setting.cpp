#include "base/pg/feature.hpp"
#include "effects/describe/describe.hpp"
#include "effects/facts/lock_level.hpp"
#include "effects/steps/owned.hpp"

#include <algorithm>

namespace lockstep::effects {

void describe(const SetInheritance &op, const Alteration &, Collector &out) {
  if (const std::optional<Place> child = out.find(op.target))
    out.lock(*child, LockMode::access_exclusive);
  if (const std::optional<Place> parent = out.find(op.parent))
    out.lock(*parent, op.inherit ? LockMode::share_update_exclusive : LockMode::access_share,
             LockReason::parent);
}

static bool isPartitioned(const Place &place) {
  return place.relation && place.relation->kind == RelationKind::partitioned_table;
}

static const Relation *indexNamed(const Place &table, const std::string &index,
                                  const Collector &out) {
  return out.catalog().findRelation({table.schema(), index, {}});
}

/// SET LOGGED and SET UNLOGGED: nothing where the table is so already.
static void changePersistence(const Place &table, Persistence wanted, Collector &out) {
  if (table.relation && table.relation->persistence == wanted)
    return;
  if (table.hasRows())
    out.rewriteTable(table, RewriteReason::persistence);
  if (table.relation && supports(out.postgres(), Feature::unlogged_sequences))
    lockOwnedSequences(*table.relation, out);
}

/// The files are copied block by block: no row is read, no index built.
static void moveToTablespace(const Place &place, std::string_view tablespace, Collector &out) {
  const std::string_view current = place.relation && !place.relation->tablespace.empty()
                                       ? std::string_view(place.relation->tablespace)
                                       : "pg_default";
  if (place.relation && current == tablespace)
    return;
  if (place.relation && place.relation->kind == RelationKind::index)
    return out.rebuild(*place.relation);
  if (place.hasRows())
    out.addRewrite(place, RewriteReason::tablespace);
}

static void changeAccessMethod(const Place &table, std::string_view method, Collector &out) {
  const std::string_view current = table.relation && !table.relation->access_method.empty()
                                       ? std::string_view(table.relation->access_method)
                                       : "heap";
  if (table.hasRows() && !(table.relation && current == method))
    out.rewriteTable(table, RewriteReason::access_method);
}

/// Row triggers of a partitioned table stand on its partitions, too.
static bool hasRowTrigger(const Place &table, const AlterTableSetting &op) {
  if (!isPartitioned(table))
    return false;
  const auto &triggers = table.relation->triggers;
  return std::any_of(triggers.begin(), triggers.end(), [&](const Trigger &trigger) {
    return trigger.definition.for_each_row && (op.name.empty() || trigger.name == op.name);
  });
}

/// Column settings that descend to partitions and children (ATPrepCmd, tablecmds.c).
static bool descends(const AlterTableSetting &op, const Place &table) {
  switch (op.setting) {
  case TableSetting::statistics:
  case TableSetting::storage:
    return true;
  case TableSetting::enable_trigger:
  case TableSetting::enable_always_trigger:
  case TableSetting::enable_replica_trigger:
  case TableSetting::disable_trigger:
  case TableSetting::enable_all_triggers:
  case TableSetting::disable_all_triggers:
  case TableSetting::enable_user_triggers:
  case TableSetting::disable_user_triggers:
    return hasRowTrigger(table, op);
  case TableSetting::column_options:
  case TableSetting::column_options_reset:
  case TableSetting::column_foreign_options:
  case TableSetting::compression:
  case TableSetting::owner:
  case TableSetting::cluster_on:
  case TableSetting::without_cluster:
  case TableSetting::logged:
  case TableSetting::unlogged:
  case TableSetting::without_oids:
  case TableSetting::access_method:
  case TableSetting::tablespace:
  case TableSetting::options:
  case TableSetting::options_reset:
  case TableSetting::enable_rule:
  case TableSetting::enable_always_rule:
  case TableSetting::enable_replica_rule:
  case TableSetting::disable_rule:
  case TableSetting::of_type:
  case TableSetting::not_of_type:
  case TableSetting::replica_identity:
  case TableSetting::enable_row_security:
  case TableSetting::disable_row_security:
  case TableSetting::force_row_security:
  case TableSetting::no_force_row_security:
  case TableSetting::foreign_options:
    return false;
  }
  return false;
}

void describe(const AlterTableSetting &op, const Alteration &, Collector &out) {
  const std::optional<Place> table = out.find(op.target);
  if (!table)
    return;
  out.lockTree(out.withDescendants(*table, !op.target.only && descends(op, *table)),
               lockLevel(Op(op)));
  const auto lockIndex = [&](LockMode mode) {
    if (const Relation *index = indexNamed(*table, op.name, out))
      out.lock(*index, mode, LockReason::index);
  };
  if (op.setting == TableSetting::owner)
    changeOwner(*table, op.name, out);
  else if (op.setting == TableSetting::cluster_on)
    lockIndex(LockMode::share_update_exclusive);
  else if (op.setting == TableSetting::replica_identity && op.value == "index")
    lockIndex(LockMode::share);
  else if (op.setting == TableSetting::logged)
    changePersistence(*table, Persistence::permanent, out);
  else if (op.setting == TableSetting::unlogged)
    changePersistence(*table, Persistence::unlogged, out);
  else if (op.setting == TableSetting::access_method)
    changeAccessMethod(*table, op.name, out);
  else if (op.setting == TableSetting::tablespace)
    moveToTablespace(*table, op.name, out);
  else if (op.setting == TableSetting::of_type)
    if (const Type *type = out.catalog().findType({{}, op.name, {}}))
      out.lock(type->relation, LockMode::access_share, LockReason::read);
}

} // namespace lockstep::effects
