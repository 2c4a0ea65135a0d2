#include "catalog/apply/apply_op.hpp"
#include "catalog/change/named.hpp"
#include "catalog/change/target.hpp"

#include <algorithm>

namespace lockstep {

// --- The order of subcommands
// ---------------------------------------------------------------------

namespace {
/// The passes of ALTER TABLE (AlterTablePass, tablecmds.c, 17); those that add nothing here are
/// left out.
enum class Pass : uint8_t {
  drop,
  alter_type,
  add_column,
  set_expression,
  column_attributes,
  add_index_constraint,
  add_other_constraint,
  misc,
};
} // namespace

static Pass passOf(const ConstraintDef &constraint) {
  switch (constraint.kind) {
  case ConstraintKind::unique:
  case ConstraintKind::primary_key:
  case ConstraintKind::exclusion:
    return Pass::add_index_constraint;
  case ConstraintKind::not_null:
    return Pass::column_attributes;
  case ConstraintKind::check:
  case ConstraintKind::foreign_key:
    break;
  }
  return Pass::add_other_constraint;
}

static Pass passOf(const Op &op) {
  if (std::holds_alternative<DropColumn>(op) || std::holds_alternative<DropConstraint>(op) ||
      std::holds_alternative<DropNotNull>(op) || std::holds_alternative<DropIdentity>(op) ||
      std::holds_alternative<DropGenerationExpression>(op))
    return Pass::drop;
  if (const auto *set = std::get_if<SetDefault>(&op))
    return set->value ? Pass::add_other_constraint : Pass::drop;
  if (std::holds_alternative<AlterColumnType>(op))
    return Pass::alter_type;
  if (std::holds_alternative<AddColumn>(op))
    return Pass::add_column;
  if (std::holds_alternative<SetGenerationExpression>(op))
    return Pass::set_expression;
  if (std::holds_alternative<SetNotNull>(op))
    return Pass::column_attributes;
  if (std::holds_alternative<AddIdentity>(op))
    return Pass::add_other_constraint;
  if (const auto *add = std::get_if<AddConstraint>(&op))
    return passOf(add->constraint);
  return Pass::misc;
}

static bool applyOne(Change &change, const Op &op) {
  return std::visit([&](const auto &value) { return applyOp(change, value); }, op);
}

/// CREATE SCHEMA with elements: they see the new schema first.
static bool applySchemaElements(Change &change, const std::vector<Op> &ops) {
  if (!applyOne(change, ops.front()))
    return false;
  const auto &schema = std::get<CreateSchema>(ops.front());
  const auto outer = change.state().search_path;
  std::vector<std::string> path{schema.schema.empty() ? schema.owner : schema.schema};
  path.insert(path.end(), outer->begin(), outer->end());
  change.mutableState().search_path =
      std::make_shared<const std::vector<std::string>>(std::move(path));
  for (size_t i = 1; i < ops.size(); ++i)
    if (!applyOne(change, ops[i]))
      return false;
  change.mutableState().search_path = outer;
  return true;
}

bool applyOps(Change &change, const std::vector<Op> &ops) {
  if (ops.size() > 1 && std::all_of(ops.begin(), ops.end(), [](const Op &op) {
        return std::holds_alternative<DropObject>(op);
      }))
    return applyDrops(change, ops);
  if (ops.size() > 1 && std::holds_alternative<CreateSchema>(ops.front()))
    return applySchemaElements(change, ops);
  const bool alters = ops.size() > 1 && alterTargetOf(ops.front());
  if (!alters && !(ops.size() == 1 && std::holds_alternative<AddColumn>(ops.front()))) {
    for (const Op &op : ops)
      if (!applyOne(change, op))
        return false;
    return true;
  }
  for (Pass pass : {Pass::drop, Pass::alter_type, Pass::add_column, Pass::set_expression,
                    Pass::column_attributes, Pass::add_index_constraint, Pass::add_other_constraint,
                    Pass::misc}) {
    for (const Op &op : ops) {
      if (passOf(op) == pass && !applyOne(change, op))
        return false;
      const auto *add = std::get_if<AddColumn>(&op);
      if (add && pass == Pass::add_index_constraint && !addColumnConstraints(change, *add, true))
        return false;
      if (add && pass == Pass::add_other_constraint && !addColumnConstraints(change, *add, false))
        return false;
    }
  }
  return true;
}

// --- Settings
// -------------------------------------------------------------------------------------

/// Sets tgenabled of one trigger or of all.
static bool enableTriggers(Change &change, Relation &relation, const AlterTableSetting &op,
                           char state, bool all) {
  bool found = all;
  for (Trigger &trigger : relation.triggers.edit())
    if (all || trigger.name == op.name) {
      trigger.enabled = state;
      found = true;
    }
  if (found || !change.catalog().isCertain(relation))
    return true;
  return change.refuse(
      "42704", format("trigger \"{}\" for table \"{}\" does not exist", op.name, relation.name),
      op.where, relation.qualifiedName());
}

static void enableRule(Relation &relation, const AlterTableSetting &op, char state) {
  for (RewriteRule &rule : relation.rules.edit())
    if (rule.name == op.name)
      rule.enabled = state;
}

static void setOptions(std::vector<Option> &options, const std::vector<Option> &changes,
                       bool reset) {
  for (const Option &change : changes) {
    const auto same = [&](const Option &option) { return option.name == change.name; };
    std::erase_if(options, same);
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
    setOptions(column.options.edit(), op.options, op.setting == TableSetting::column_options_reset);
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
    if (change.postgres() >= 18 && relation->kind == RelationKind::partitioned_table &&
        change.catalog().isCertain(*relation))
      return change.refuse(
          "42809",
          format("ALTER action {} cannot be performed on relation \"{}\"",
                 op.setting == TableSetting::logged ? "SET LOGGED" : "SET UNLOGGED",
                 relation->name),
          op.where, relation->qualifiedName());
    relation->persistence =
        op.setting == TableSetting::logged ? Persistence::permanent : Persistence::unlogged;
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
    setOptions(relation->options.edit(), op.options, false);
    break;
  case TableSetting::options_reset:
    setOptions(relation->options.edit(), op.options, true);
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

} // namespace lockstep
