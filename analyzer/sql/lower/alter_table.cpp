#include "sql/lower/alter_table.hpp"

#include "sql/lower/object_name.hpp"
#include "sql/lower/table.hpp"
#include "sql/query/expression.hpp"
#include "sql/query/name.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

namespace {
/// One subcommand and where it stands.
struct Subcommand {
  const AlterTableCmd &node;
  AlterTarget target;
  size_t first; ///< Its tokens.
  size_t end;
  Range where;
};
} // namespace

static std::string nameOf(const Subcommand &command) {
  return std::string(text(command.node.name));
}
static bool cascades(const Subcommand &command) { return command.node.behavior == DROP_CASCADE; }

/// An op about one column, ready but for what is its own.
template <class T> static T onColumn(Subcommand &command) {
  T op;
  op.target = std::move(command.target);
  op.column = nameOf(command);
  op.where = command.where;
  return op;
}
template <class T> static T onTable(Subcommand &command) {
  T op;
  op.target = std::move(command.target);
  op.where = command.where;
  return op;
}

static AlterTableSetting setting(Subcommand &command, TableSetting kind, std::string name = {}) {
  auto op = onTable<AlterTableSetting>(command);
  op.setting = kind;
  op.name = std::move(name);
  return op;
}
/// A setting that names what it is about: a trigger, a rule, an index, a tablespace.
static AlterTableSetting named(Subcommand &command, TableSetting kind) {
  return setting(command, kind, nameOf(command));
}
static AlterTableSetting columnSetting(Subcommand &command, TableSetting kind, std::string value) {
  AlterTableSetting op = setting(command, kind);
  op.column = nameOf(command);
  if (op.column.empty()) // ALTER INDEX … ALTER COLUMN number
    op.column = std::to_string(command.node.num);
  op.value = std::move(value);
  return op;
}
static AlterTableSetting withOptions(const Lowering &at, Subcommand &command, TableSetting kind) {
  AlterTableSetting op = setting(command, kind);
  if (command.node.name)
    op.column = nameOf(command);
  op.options = lowerOptions(at, as<::List>(command.node.def));
  return op;
}

static AlterTableSetting replicaIdentity(Subcommand &command) {
  const auto *identity = as<ReplicaIdentityStmt>(command.node.def);
  AlterTableSetting op =
      setting(command, TableSetting::replica_identity, std::string(text(identity->name)));
  switch (identity->identity_type) {
  case 'd':
    op.value = "default";
    break;
  case 'f':
    op.value = "full";
    break;
  case 'n':
    op.value = "nothing";
    break;
  default:
    op.value = "index";
    break;
  }
  return op;
}

static SetIdentity setIdentity(const Lowering &at, Subcommand &command) {
  auto op = onColumn<SetIdentity>(command);
  const auto *list = as<::List>(command.node.def);
  for (Option &option : lowerOptions(at, list)) {
    if (option.name == "generated")
      op.identity = option.value == std::to_string('a') ? Identity::always : Identity::by_default;
    else
      op.options.push_back(std::move(option));
  }
  return op;
}

static AlterConstraint alterConstraint(Subcommand &command) {
  auto op = onTable<AlterConstraint>(command);
#if PG_VERSION_NUM >= 180000
  const auto *change = as<ATAlterConstraint>(command.node.def);
  op.constraint = text(change->conname);
  if (change->alterDeferrability) {
    op.deferrable = change->deferrable;
    op.initially_deferred = change->initdeferred;
  }
  if (change->alterEnforceability)
    op.enforced = change->is_enforced;
  if (change->alterInheritability)
    op.no_inherit = change->noinherit;
#else
  const auto *change = as<::Constraint>(command.node.def);
  op.constraint = text(change->conname);
  op.deferrable = change->deferrable;
  op.initially_deferred = change->initdeferred;
#endif
  return op;
}

static AlterColumnType alterColumnType(Lowering &at, Subcommand &command) {
  auto op = onColumn<AlterColumnType>(command);
  const auto *column = as<::ColumnDef>(command.node.def);
  op.type = lowerType(at, column->typeName);
  op.collation = lowerCollation(at, column->collClause);
  op.using_expression = lowerOptional(at, column->raw_default);
  return op;
}

static AddConstraint addConstraint(Lowering &at, Subcommand &command) {
  auto op = onTable<AddConstraint>(command);
  const auto *constraint = as<::Constraint>(command.node.def);
  size_t first = at.tokenAt(constraint->location);
  op.constraint = lowerConstraint(at, *constraint, at.tokens.span(first, command.end));
  return op;
}

static SetInheritance setInheritance(const Lowering &at, Subcommand &command, bool inherit) {
  auto op = onTable<SetInheritance>(command);
  op.parent = relationName(at, as<::RangeVar>(command.node.def));
  op.inherit = inherit;
  return op;
}

static AttachPartition attachPartition(Lowering &at, Subcommand &command) {
  auto op = onTable<AttachPartition>(command);
  const auto *partition = as<PartitionCmd>(command.node.def);
  op.partition = relationName(at, partition->name);
  op.bound = lowerBound(at, partition->bound);
  return op;
}

static DetachPartition detachPartition(const Lowering &at, Subcommand &command) {
  auto op = onTable<DetachPartition>(command);
  const auto *partition = as<PartitionCmd>(command.node.def);
  op.partition = relationName(at, partition->name);
  op.concurrently = partition->concurrent;
  op.finalize = command.node.subtype == AT_DetachPartitionFinalize;
  return op;
}

// --- one subcommand ------------------------------------------------------------------------------

static Op lowerSubcommand(Lowering &at, Subcommand &command) {
  const AlterTableCmd &node = command.node;
  switch (node.subtype) {
  case AT_AddColumn: {
    auto op = onTable<AddColumn>(command);
    op.column = lowerColumnDef(at, *as<::ColumnDef>(node.def), command.end);
    op.if_not_exists = node.missing_ok;
    return op;
  }
  case AT_ColumnDefault: {
    auto op = onColumn<SetDefault>(command);
    op.value = lowerOptional(at, node.def);
    return op;
  }
  case AT_DropNotNull:
    return onColumn<DropNotNull>(command);
  case AT_SetNotNull:
    return onColumn<SetNotNull>(command);
  case AT_SetExpression: {
    auto op = onColumn<SetGenerationExpression>(command);
    op.expression = lowerSqlExpression(at, node.def);
    return op;
  }
  case AT_DropExpression: {
    auto op = onColumn<DropGenerationExpression>(command);
    op.if_exists = node.missing_ok;
    return op;
  }
  case AT_SetStatistics:
    return columnSetting(command, TableSetting::statistics, optionText(node.def));
  case AT_SetOptions:
    return withOptions(at, command, TableSetting::column_options);
  case AT_ResetOptions:
    return withOptions(at, command, TableSetting::column_options_reset);
  case AT_SetStorage:
    return columnSetting(command, TableSetting::storage, optionText(node.def));
  case AT_SetCompression:
    return columnSetting(command, TableSetting::compression, optionText(node.def));
  case AT_DropColumn: {
    auto op = onColumn<DropColumn>(command);
    op.if_exists = node.missing_ok;
    op.cascade = cascades(command);
    return op;
  }
  case AT_AddConstraint:
    return addConstraint(at, command);
  case AT_AlterConstraint:
    return alterConstraint(command);
  case AT_ValidateConstraint: {
    auto op = onTable<ValidateConstraint>(command);
    op.constraint = nameOf(command);
    return op;
  }
  case AT_DropConstraint: {
    auto op = onTable<DropConstraint>(command);
    op.constraint = nameOf(command);
    op.if_exists = node.missing_ok;
    op.cascade = cascades(command);
    return op;
  }
  case AT_AlterColumnType:
    return alterColumnType(at, command);
  case AT_AlterColumnGenericOptions:
    return withOptions(at, command, TableSetting::column_foreign_options);
  case AT_ChangeOwner:
    return setting(command, TableSetting::owner, roleName(node.newowner));
  case AT_ClusterOn:
    return named(command, TableSetting::cluster_on);
  case AT_DropCluster:
    return setting(command, TableSetting::without_cluster);
  case AT_SetLogged:
    return setting(command, TableSetting::logged);
  case AT_SetUnLogged:
    return setting(command, TableSetting::unlogged);
  case AT_DropOids:
    return setting(command, TableSetting::without_oids);
  case AT_SetAccessMethod:
    return named(command, TableSetting::access_method);
  case AT_SetTableSpace:
    return named(command, TableSetting::tablespace);
  case AT_SetRelOptions:
    return withOptions(at, command, TableSetting::options);
  case AT_ResetRelOptions:
    return withOptions(at, command, TableSetting::options_reset);
  case AT_EnableTrig:
    return named(command, TableSetting::enable_trigger);
  case AT_EnableAlwaysTrig:
    return named(command, TableSetting::enable_always_trigger);
  case AT_EnableReplicaTrig:
    return named(command, TableSetting::enable_replica_trigger);
  case AT_DisableTrig:
    return named(command, TableSetting::disable_trigger);
  case AT_EnableTrigAll:
    return setting(command, TableSetting::enable_all_triggers);
  case AT_DisableTrigAll:
    return setting(command, TableSetting::disable_all_triggers);
  case AT_EnableTrigUser:
    return setting(command, TableSetting::enable_user_triggers);
  case AT_DisableTrigUser:
    return setting(command, TableSetting::disable_user_triggers);
  case AT_EnableRule:
    return named(command, TableSetting::enable_rule);
  case AT_EnableAlwaysRule:
    return named(command, TableSetting::enable_always_rule);
  case AT_EnableReplicaRule:
    return named(command, TableSetting::enable_replica_rule);
  case AT_DisableRule:
    return named(command, TableSetting::disable_rule);
  case AT_AddInherit:
    return setInheritance(at, command, true);
  case AT_DropInherit:
    return setInheritance(at, command, false);
  case AT_AddOf:
    return setting(command, TableSetting::of_type,
                   sqlType(lowerType(at, as<::TypeName>(node.def))));
  case AT_DropOf:
    return setting(command, TableSetting::not_of_type);
  case AT_ReplicaIdentity:
    return replicaIdentity(command);
  case AT_EnableRowSecurity:
    return setting(command, TableSetting::enable_row_security);
  case AT_DisableRowSecurity:
    return setting(command, TableSetting::disable_row_security);
  case AT_ForceRowSecurity:
    return setting(command, TableSetting::force_row_security);
  case AT_NoForceRowSecurity:
    return setting(command, TableSetting::no_force_row_security);
  case AT_GenericOptions:
    return withOptions(at, command, TableSetting::foreign_options);
  case AT_AttachPartition:
    return attachPartition(at, command);
  case AT_DetachPartition:
  case AT_DetachPartitionFinalize:
    return detachPartition(at, command);
  case AT_AddIdentity: {
    auto op = onColumn<AddIdentity>(command);
    const auto *identity = as<::Constraint>(node.def);
    op.identity = identityOf(identity->generated_when);
    op.options = lowerOptions(at, identity->options);
    return op;
  }
  case AT_SetIdentity:
    return setIdentity(at, command);
  case AT_DropIdentity: {
    auto op = onColumn<DropIdentity>(command);
    op.if_exists = node.missing_ok;
    return op;
  }
  // What the server makes out of other statements; the grammar has no words for these.
  case AT_AddColumnToView:
  case AT_CookedColumnDefault:
  case AT_AddIndex:
  case AT_ReAddIndex:
  case AT_ReAddConstraint:
  case AT_ReAddDomainConstraint:
  case AT_AddIndexConstraint:
  case AT_ReAddComment:
  case AT_ReplaceRelOptions:
  case AT_ReAddStatistics:
#if PG_VERSION_NUM < 180000
  case AT_CheckNotNull:
#endif
    break;
  }
  Unmodelled unknown;
  unknown.where = command.where;
  return unknown;
}

/// A subcommand of ALTER TYPE, which the grammar gives as one of ALTER TABLE.
static Op lowerAttribute(Lowering &at, Subcommand &command) {
  AlterCompositeType op;
  op.type = std::move(command.target.relation);
  op.cascade = cascades(command);
  op.if_exists = command.node.missing_ok;
  op.where = command.where;
  switch (command.node.subtype) {
  case AT_DropColumn:
    op.action = AttributeAction::drop;
    op.attribute.name = nameOf(command);
    break;
  case AT_AlterColumnType: {
    AlterColumnType change = alterColumnType(at, command);
    op.action = AttributeAction::alter_type;
    op.attribute.name = std::move(change.column);
    op.attribute.type = std::move(change.type);
    op.attribute.collation = std::move(change.collation);
    break;
  }
  default:
    op.attribute = lowerColumnDef(at, *as<::ColumnDef>(command.node.def), command.end);
    break;
  }
  return op;
}

void lowerAlterTable(Lowering &at, const AlterTableStmt &node) {
  AlterTarget target;
  target.relation = relationName(at, node.relation);
  target.kind = objectKind(node.objtype);
  target.if_exists = node.missing_ok;
  target.only = !node.relation->inh;
  const StatementTokens &tokens = at.tokens;
  size_t first = tokens.at(target.relation.where.end);
  while (tokens.is(first, ")") || tokens.is(first, "*")) // ONLY (name), name *
    ++first;
  auto commands = nodes<AlterTableCmd>(node.cmds);
  at.ops.reserve(at.ops.size() + commands.size());
  for (const AlterTableCmd *command : commands) {
    size_t end = tokens.elementEnd(first);
    Subcommand one{*command, target, first, end, tokens.span(first, end)};
    at.ops.push_back(node.objtype == OBJECT_TYPE ? lowerAttribute(at, one)
                                                 : lowerSubcommand(at, one));
    first = end + 1;
  }
}

void lowerMoveAll(Lowering &at, const AlterTableMoveAllStmt &node) {
  MoveAllInTablespace op;
  op.kind = objectKind(node.objtype);
  op.from = text(node.orig_tablespacename);
  op.to = text(node.new_tablespacename);
  at.addWhole(std::move(op));
}

} // namespace lockstep::sql
