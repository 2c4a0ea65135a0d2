#include "base/pg/feature.hpp"
#include "catalog/apply/apply_op.hpp"
#include "catalog/change/named.hpp"
#include "catalog/change/target.hpp"

namespace lockstep::catalog {

// --- Settings ------------------------------------------------------------------------------------

/// Sets tgenabled of one trigger or of all.
static bool enableTriggers(Change &change, Relation &relation, const AlterTableSetting &op,
                           char state, bool all) {
  bool found = all;
  relation.triggers.editIf([&](const Trigger &trigger) { return all || trigger.name == op.name; },
                           [&](Trigger &trigger) {
                             trigger.enabled = state;
                             found = true;
                           });
  if (found || !change.catalog().isCertain(relation))
    return true;
  return change.refuse(
      "42704", format("trigger \"{}\" for table \"{}\" does not exist", op.name, relation.name),
      op.where, relation.qualifiedName());
}

static void enableRule(Relation &relation, const AlterTableSetting &op, char state) {
  relation.rules.editIf([&](const RewriteRule &rule) { return rule.name == op.name; },
                        [&](RewriteRule &rule) { rule.enabled = state; });
}

static void setOptions(Rare<std::vector<Option>> &options, const std::vector<Option> &changes,
                       bool reset) {
  for (const Option &change : changes) {
    options.eraseIf([&](const Option &option) { return option.name == change.name; });
    if (!reset)
      options.push_back(change);
  }
}

/// CLUSTER ON and REPLICA IDENTITY mark one index of the table.
static void markIndex(Change &change, const Relation &table, bool IndexInfo::*mark,
                      std::string_view name) {
  for (const Relation *index : change.catalog().indexesOf(table)) {
    const bool wanted = index->name == name;
    if (!index->index || index->index.get()->*mark == wanted)
      continue;
    IndexInfo info = *index->index;
    info.*mark = wanted;
    change.edit(index->id)->index = std::make_shared<const IndexInfo>(std::move(info));
  }
}

static bool setColumn(Change &change, Relation &relation, const AlterTableSetting &op) {
  if (relation.isIndex() || !requireColumn(change, relation, op.column, op.where))
    return relation.isIndex();
  Column &column = ensureColumn(relation, op.column);
  switch (op.setting) {
  case TableSetting::storage:
    column.storage = op.value;
    break;
  case TableSetting::compression:
    column.compression = op.value;
    break;
  case TableSetting::statistics:
    column.statistics = op.value == "-1" ? std::string() : op.value;
    break;
  default:
    setOptions(column.options, op.options, op.setting == TableSetting::column_options_reset);
    break;
  }
  return true;
}

bool applyOp(Change &change, const AlterTableSetting &op) {
  const Target target = findTarget(change, op.target);
  if (target.id == ObjectId::none)
    return !target.refused;
  ObjectEdit<Relation> relation = change.edit(target.id);
  switch (op.setting) {
  case TableSetting::statistics:
  case TableSetting::column_options:
  case TableSetting::column_options_reset:
  case TableSetting::column_foreign_options:
  case TableSetting::storage:
  case TableSetting::compression:
    return setColumn(change, *relation, op);
  case TableSetting::owner:
    relation->owner = op.name;
    relation->privileges = ownedBy(relation->privileges, op.name);
    break;
  case TableSetting::cluster_on:
    markIndex(change, *relation, &IndexInfo::clustered, op.name);
    break;
  case TableSetting::without_cluster:
    markIndex(change, *relation, &IndexInfo::clustered, {});
    break;
  case TableSetting::logged:
  case TableSetting::unlogged:
    if (supports(change.postgres(), Feature::refuses_partitioned_persistence) &&
        relation->kind == RelationKind::partitioned_table && change.catalog().isCertain(*relation))
      return change.refuse(
          "42809",
          format("ALTER action {} cannot be performed on relation \"{}\"",
                 op.setting == TableSetting::logged ? "SET LOGGED" : "SET UNLOGGED",
                 relation->name),
          op.where, relation->qualifiedName());
    relation->persistence =
        op.setting == TableSetting::logged ? Persistence::permanent : Persistence::unlogged;
    // The sequences of its columns follow (ATPrepChangePersistence and ATRewriteTables).
    if (supports(change.postgres(), Feature::unlogged_sequences))
      for (const Column &column : relation->columns)
        if (change.catalog().relation(column.sequence))
          change.edit(column.sequence)->persistence = relation->persistence;
    break;
  case TableSetting::without_oids:
    break;
  case TableSetting::access_method:
    relation->access_method = op.name;
    break;
  case TableSetting::tablespace:
    relation->tablespace = op.name;
    break;
  case TableSetting::options:
  case TableSetting::foreign_options:
    setOptions(relation->options, op.options, false);
    break;
  case TableSetting::options_reset:
    setOptions(relation->options, op.options, true);
    break;
  case TableSetting::enable_trigger:
    return enableTriggers(change, *relation, op, 'O', false);
  case TableSetting::enable_always_trigger:
    return enableTriggers(change, *relation, op, 'A', false);
  case TableSetting::enable_replica_trigger:
    return enableTriggers(change, *relation, op, 'R', false);
  case TableSetting::disable_trigger:
    return enableTriggers(change, *relation, op, 'D', false);
  case TableSetting::enable_all_triggers:
  case TableSetting::enable_user_triggers:
    return enableTriggers(change, *relation, op, 'O', true);
  case TableSetting::disable_all_triggers:
  case TableSetting::disable_user_triggers:
    return enableTriggers(change, *relation, op, 'D', true);
  case TableSetting::enable_rule:
    enableRule(*relation, op, 'O');
    break;
  case TableSetting::enable_always_rule:
    enableRule(*relation, op, 'A');
    break;
  case TableSetting::enable_replica_rule:
    enableRule(*relation, op, 'R');
    break;
  case TableSetting::disable_rule:
    enableRule(*relation, op, 'D');
    break;
  case TableSetting::of_type:
    relation->of_type.edit().name = op.name;
    break;
  case TableSetting::not_of_type:
    relation->of_type = {};
    break;
  case TableSetting::replica_identity:
    relation->replica_identity = op.value.front();
    markIndex(change, *relation, &IndexInfo::replica_identity, op.name);
    break;
  case TableSetting::enable_row_security:
    relation->row_security = true;
    break;
  case TableSetting::disable_row_security:
    relation->row_security = false;
    break;
  case TableSetting::force_row_security:
    relation->force_row_security = true;
    break;
  case TableSetting::no_force_row_security:
    relation->force_row_security = false;
    break;
  }
  return true;
}

bool applyOp(Change &change, const MoveAllInTablespace &op) {
  for (const Relation *relation : change.catalog().relations())
    if (relation->tablespace == op.from && isOfKind(*relation, op.kind))
      change.edit(relation->id)->tablespace = op.to;
  return true;
}

} // namespace lockstep::catalog
