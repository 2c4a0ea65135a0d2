#include "sql/lower/misc.hpp"

#include "base/text.hpp"
#include "sql/lower/create.hpp"
#include "sql/lower/object.hpp"
#include "sql/lower/object_name.hpp"
#include "sql/query/name.hpp"

#include <algorithm>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

// Statements that neither lock relations that hold rows nor change their definition.

namespace lockstep::sql {

/// Adds the op of DDL that is known by kind and name alone.
static ObjectDdl &addDdl(Lowering &at, DdlAction action, ObjectKind kind,
                         std::string_view name = {}) {
  ObjectDdl op;
  op.kind = kind;
  op.action = action;
  op.text = at.tokens.slice(at.range);
  if (!name.empty())
    op.names.push_back({{}, std::string(name), {}});
  return at.addWhole(std::move(op));
}
static ObjectDdl &addCreate(Lowering &at, ObjectKind kind, std::string_view name = {}) {
  return addDdl(at, DdlAction::create, kind, name);
}
static ObjectDdl &addAlter(Lowering &at, ObjectKind kind, std::string_view name = {}) {
  return addDdl(at, DdlAction::alter, kind, name);
}
static ObjectDdl &withName(ObjectDdl &op, const ::List *names) {
  op.names.push_back(qualifiedName(names));
  return op;
}
static ObjectDdl &withOptions(const Lowering &at, ObjectDdl &op, const ::List *options) {
  op.options = lowerOptions(at, options);
  return op;
}
static void withRoles(ObjectDdl &op, const ::List *roles) {
  for (const RoleSpec *role : nodes<RoleSpec>(roles))
    op.names.push_back({{}, roleName(role), {}});
}

static bool hasOption(const ObjectDdl &op, std::string_view name) {
  return std::any_of(op.options.begin(), op.options.end(),
                     [&](const Option &option) { return option.name == name; });
}
static bool isOff(const ObjectDdl &op, std::string_view name) {
  return std::any_of(op.options.begin(), op.options.end(), [&](const Option &option) {
    return option.name == name && !optionIsOn(option);
  });
}

// --- DEFINE: CREATE of aggregates, operators, types, text search objects, collations -------------

/// The types that an aggregate takes, also where BASETYPE says them.
static std::vector<TypeName> aggregateArguments(const Lowering &at, const DefineStmt &node) {
  std::vector<TypeName> types;
  if (node.oldstyle) {
    for (const DefElem *option : nodes<DefElem>(node.definition))
      if (equalsIgnoringCase(text(option->defname), "basetype") && option->arg &&
          IsA(option->arg, TypeName))
        types.push_back(lowerType(at, as<::TypeName>(option->arg)));
    return types;
  }
  const auto lists = cells(node.args); // The parameters, and how many of them are direct.
  if (!lists.empty() && lists.front())
    for (const ::FunctionParameter *parameter :
         nodes<::FunctionParameter>(static_cast<const ::List *>(lists.front())))
      types.push_back(lowerType(at, parameter->argType));
  return types;
}

static void lowerDefine(Lowering &at, const DefineStmt &node) {
  if (node.kind == OBJECT_TYPE)
    return lowerCreateBaseType(at, node);
  ObjectDdl &op = withName(withOptions(at, addCreate(at, objectKind(node.kind)), node.definition),
                           node.defnames);
  if (node.kind == OBJECT_AGGREGATE)
    op.arguments = aggregateArguments(at, node);
  else if (node.kind == OBJECT_OPERATOR)
    for (const DefElem *option : nodes<DefElem>(node.definition))
      if ((text(option->defname) == "leftarg" || text(option->defname) == "rightarg") &&
          option->arg && IsA(option->arg, TypeName))
        op.arguments.push_back(lowerType(at, as<::TypeName>(option->arg)));
}

// --- publications and subscriptions --------------------------------------------------------------

static Publication &addPublication(Lowering &at, std::string_view name, const ::List *objects) {
  Publication op;
  op.publication = name;
  op.text = at.tokens.slice(at.range);
  bool is_schema = false;
  for (const PublicationObjSpec *object : nodes<PublicationObjSpec>(objects)) {
    switch (object->pubobjtype) {
    case PUBLICATIONOBJ_TABLE:
      is_schema = false;
      break;
    case PUBLICATIONOBJ_TABLES_IN_SCHEMA:
      is_schema = true;
      break;
    case PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA:
      op.schemas.emplace_back("current_schema");
      continue;
    case PUBLICATIONOBJ_CONTINUATION: // The same as the one before it.
      break;
    }
    if (object->pubtable) {
      op.tables.push_back(relationName(at, object->pubtable->relation));
      op.only.push_back(!object->pubtable->relation->inh);
    } else if (is_schema) {
      op.schemas.emplace_back(text(object->name));
    } else { // A bare name in a list of tables.
      size_t first = at.tokenAt(object->location);
      op.tables.push_back({{}, std::string(text(object->name)), at.tokens.name(first)});
      op.only.push_back(false);
    }
  }
  return at.addWhole(std::move(op));
}

static void lowerCreatePublication(Lowering &at, const CreatePublicationStmt &node) {
  addPublication(at, text(node.pubname), node.pubobjects).all_tables = node.for_all_tables;
}

static void lowerAlterPublication(Lowering &at, const AlterPublicationStmt &node) {
  Publication &op = addPublication(at, text(node.pubname), node.pubobjects);
  op.action = DdlAction::alter;
  op.all_tables = node.for_all_tables;
  switch (node.action) {
  case AP_AddObjects:
    op.change = 'a';
    break;
  case AP_DropObjects:
    op.change = 'd';
    break;
  case AP_SetObjects:
    op.change = 's';
    break;
  }
}

/// CREATE SUBSCRIPTION with create_slot, the default, is refused in a transaction block
/// (CreateSubscription, subscriptioncmds.c).
static void lowerCreateSubscription(Lowering &at, const CreateSubscriptionStmt &node) {
  ObjectDdl &op = addCreate(at, ObjectKind::subscription, text(node.subname));
  withOptions(at, op, node.options);
  op.refuses_transaction = !isOff(op, "create_slot") && !isOff(op, "connect");
}

/// ALTER SUBSCRIPTION is refused in a transaction block where it refreshes (AlterSubscription).
static void lowerAlterSubscription(Lowering &at, const AlterSubscriptionStmt &node) {
  ObjectDdl &op = addAlter(at, ObjectKind::subscription, text(node.subname));
  withOptions(at, op, node.options);
  switch (node.kind) {
  case ALTER_SUBSCRIPTION_SET_PUBLICATION:
  case ALTER_SUBSCRIPTION_ADD_PUBLICATION:
  case ALTER_SUBSCRIPTION_DROP_PUBLICATION:
    op.refuses_transaction = !isOff(op, "refresh");
    break;
  case ALTER_SUBSCRIPTION_REFRESH:
    op.refuses_transaction = true;
    break;
  case ALTER_SUBSCRIPTION_OPTIONS: // AlterSubscription, 17 and later.
    op.refuses_transaction = hasOption(op, "failover") || hasOption(op, "two_phase");
    break;
  case ALTER_SUBSCRIPTION_CONNECTION:
  case ALTER_SUBSCRIPTION_ENABLED:
  case ALTER_SUBSCRIPTION_SKIP:
    break;
  }
}

// --- default privileges --------------------------------------------------------------------------

static void lowerDefaultPrivileges(Lowering &at, const AlterDefaultPrivilegesStmt &node) {
  DefaultGrant grant;
  for (const DefElem *option : nodes<DefElem>(node.options)) {
    const auto *list = reinterpret_cast<const ::List *>(option->arg);
    if (text(option->defname) == "schemas")
      grant.schemas = stringList(list);
    else if (text(option->defname) == "roles")
      for (const RoleSpec *role : nodes<RoleSpec>(list))
        grant.roles.push_back(roleName(role));
  }
  grant.grant = lowerGrantOf(at, *node.action);
  ObjectDdl &op = addAlter(at, ObjectKind::default_privileges);
  op.default_grant = std::make_shared<const DefaultGrant>(std::move(grant));
}

// --- dispatch ------------------------------------------------------------------------------------

/// Statements about objects outside of the database's schemas; false where the node is none.
static bool lowerShared(Lowering &at, const ::Node *node) {
  switch (nodeTag(node)) {
  case T_CreateRoleStmt:
    withOptions(at, addCreate(at, ObjectKind::role, text(as<CreateRoleStmt>(node)->role)),
                as<CreateRoleStmt>(node)->options);
    return true;
  case T_AlterRoleStmt:
    withOptions(at, addAlter(at, ObjectKind::role, roleName(as<AlterRoleStmt>(node)->role)),
                as<AlterRoleStmt>(node)->options);
    return true;
  case T_AlterRoleSetStmt: // Without a role: ALTER ROLE ALL.
    addAlter(at, ObjectKind::role, roleName(as<AlterRoleSetStmt>(node)->role));
    return true;
  case T_GrantRoleStmt: {
    ObjectDdl &op = addAlter(at, ObjectKind::role);
    for (const AccessPriv *role : nodes<AccessPriv>(as<GrantRoleStmt>(node)->granted_roles))
      op.names.push_back({{}, std::string(text(role->priv_name)), {}});
    return true;
  }
  case T_DropRoleStmt:
    lowerDropRole(at, *as<DropRoleStmt>(node));
    return true;
  case T_DropOwnedStmt:
    withRoles(addDdl(at, DdlAction::drop, ObjectKind::owned), as<DropOwnedStmt>(node)->roles);
    return true;
  case T_ReassignOwnedStmt:
    withRoles(addAlter(at, ObjectKind::owned), as<ReassignOwnedStmt>(node)->roles);
    return true;
  case T_AlterDefaultPrivilegesStmt:
    lowerDefaultPrivileges(at, *as<AlterDefaultPrivilegesStmt>(node));
    return true;
  case T_CreatedbStmt: {
    ObjectDdl &op = addCreate(at, ObjectKind::database, text(as<CreatedbStmt>(node)->dbname));
    withOptions(at, op, as<CreatedbStmt>(node)->options).refuses_transaction = true;
    return true;
  }
  case T_AlterDatabaseStmt: { // SET TABLESPACE moves files (AlterDatabase, dbcommands.c).
    ObjectDdl &op = addAlter(at, ObjectKind::database, text(as<AlterDatabaseStmt>(node)->dbname));
    withOptions(at, op, as<AlterDatabaseStmt>(node)->options);
    op.refuses_transaction = hasOption(op, "tablespace");
    return true;
  }
  case T_AlterDatabaseSetStmt:
    addAlter(at, ObjectKind::database, text(as<AlterDatabaseSetStmt>(node)->dbname));
    return true;
  case T_AlterDatabaseRefreshCollStmt:
    addAlter(at, ObjectKind::database, text(as<AlterDatabaseRefreshCollStmt>(node)->dbname));
    return true;
  case T_DropdbStmt:
    addDrop(at, ObjectKind::database, text(as<DropdbStmt>(node)->dbname),
            as<DropdbStmt>(node)->missing_ok, false);
    return true;
  case T_CreateTableSpaceStmt: {
    const auto *space = as<CreateTableSpaceStmt>(node);
    ObjectDdl &op = addCreate(at, ObjectKind::tablespace, text(space->tablespacename));
    withOptions(at, op, space->options).refuses_transaction = true;
    return true;
  }
  case T_AlterTableSpaceOptionsStmt:
    addAlter(at, ObjectKind::tablespace,
             text(as<AlterTableSpaceOptionsStmt>(node)->tablespacename));
    return true;
  case T_DropTableSpaceStmt:
    addDrop(at, ObjectKind::tablespace, text(as<DropTableSpaceStmt>(node)->tablespacename),
            as<DropTableSpaceStmt>(node)->missing_ok, false);
    return true;
  case T_AlterSystemStmt: {
    const VariableSetStmt *set = as<AlterSystemStmt>(node)->setstmt;
    addAlter(at, ObjectKind::parameter, text(set->name)).refuses_transaction = true;
    return true;
  }
  case T_CreatePublicationStmt:
    lowerCreatePublication(at, *as<CreatePublicationStmt>(node));
    return true;
  case T_AlterPublicationStmt:
    lowerAlterPublication(at, *as<AlterPublicationStmt>(node));
    return true;
  case T_CreateSubscriptionStmt:
    lowerCreateSubscription(at, *as<CreateSubscriptionStmt>(node));
    return true;
  case T_AlterSubscriptionStmt:
    lowerAlterSubscription(at, *as<AlterSubscriptionStmt>(node));
    return true;
  case T_DropSubscriptionStmt: {
    const auto *drop = as<DropSubscriptionStmt>(node);
    addDrop(at, ObjectKind::subscription, text(drop->subname), drop->missing_ok,
            drop->behavior == DROP_CASCADE);
    return true;
  }
  default:
    return false;
  }
}

/// Foreign data; false where the node is none of it.
static bool lowerForeign(Lowering &at, const ::Node *node) {
  switch (nodeTag(node)) {
  case T_CreateFdwStmt:
    withOptions(
        at, addCreate(at, ObjectKind::foreign_data_wrapper, text(as<CreateFdwStmt>(node)->fdwname)),
        as<CreateFdwStmt>(node)->options);
    return true;
  case T_AlterFdwStmt:
    withOptions(
        at, addAlter(at, ObjectKind::foreign_data_wrapper, text(as<AlterFdwStmt>(node)->fdwname)),
        as<AlterFdwStmt>(node)->options);
    return true;
  case T_CreateForeignServerStmt: {
    const auto *server = as<CreateForeignServerStmt>(node);
    withOptions(at, addCreate(at, ObjectKind::foreign_server, text(server->servername)),
                server->options);
    return true;
  }
  case T_AlterForeignServerStmt: {
    const auto *server = as<AlterForeignServerStmt>(node);
    withOptions(at, addAlter(at, ObjectKind::foreign_server, text(server->servername)),
                server->options);
    return true;
  }
  case T_CreateUserMappingStmt:
    addCreate(at, ObjectKind::user_mapping, text(as<CreateUserMappingStmt>(node)->servername));
    return true;
  case T_AlterUserMappingStmt:
    addAlter(at, ObjectKind::user_mapping, text(as<AlterUserMappingStmt>(node)->servername));
    return true;
  case T_DropUserMappingStmt:
    addDdl(at, DdlAction::drop, ObjectKind::user_mapping,
           text(as<DropUserMappingStmt>(node)->servername));
    return true;
  case T_ImportForeignSchemaStmt: // Which tables it creates, only the other server knows.
    addCreate(at, ObjectKind::foreign_table, text(as<ImportForeignSchemaStmt>(node)->local_schema));
    return true;
  default:
    return false;
  }
}

bool lowerMisc(Lowering &at, const ::Node *node) {
  switch (nodeTag(node)) {
  case T_DefineStmt:
    lowerDefine(at, *as<DefineStmt>(node));
    return true;
  case T_CreateExtensionStmt: {
    const auto *create = as<CreateExtensionStmt>(node);
    CreateExtension op;
    op.extension = text(create->extname);
    op.if_not_exists = create->if_not_exists;
    for (const Option &option : lowerOptions(at, create->options)) {
      if (option.name == "schema")
        op.schema = option.value;
      else if (option.name == "cascade")
        op.cascade = optionIsOn(option);
    }
    at.addWhole(std::move(op));
    return true;
  }
  case T_AlterExtensionStmt:
    withOptions(at,
                addAlter(at, ObjectKind::extension, text(as<AlterExtensionStmt>(node)->extname)),
                as<AlterExtensionStmt>(node)->options);
    return true;
  case T_AlterExtensionContentsStmt:
    addAlter(at, ObjectKind::extension, text(as<AlterExtensionContentsStmt>(node)->extname));
    return true;
  case T_CreateAmStmt:
    addCreate(at, ObjectKind::access_method, text(as<CreateAmStmt>(node)->amname));
    return true;
  case T_CreateEventTrigStmt:
    addCreate(at, ObjectKind::event_trigger, text(as<CreateEventTrigStmt>(node)->trigname));
    return true;
  case T_AlterEventTrigStmt:
    addAlter(at, ObjectKind::event_trigger, text(as<AlterEventTrigStmt>(node)->trigname));
    return true;
  case T_CreatePLangStmt:
    addCreate(at, ObjectKind::language, text(as<CreatePLangStmt>(node)->plname));
    return true;
  case T_CreateConversionStmt:
    withName(addCreate(at, ObjectKind::conversion),
             as<CreateConversionStmt>(node)->conversion_name);
    return true;
  case T_CreateCastStmt: {
    std::string source = sqlType(lowerType(at, as<CreateCastStmt>(node)->sourcetype));
    addCreate(at, ObjectKind::cast,
              source + " as " + sqlType(lowerType(at, as<CreateCastStmt>(node)->targettype)));
    return true;
  }
  case T_CreateTransformStmt:
    addCreate(at, ObjectKind::transform,
              sqlType(lowerType(at, as<CreateTransformStmt>(node)->type_name)));
    return true;
  case T_CreateOpClassStmt:
    withName(addCreate(at, ObjectKind::operator_class), as<CreateOpClassStmt>(node)->opclassname);
    return true;
  case T_CreateOpFamilyStmt:
    withName(addCreate(at, ObjectKind::operator_family),
             as<CreateOpFamilyStmt>(node)->opfamilyname);
    return true;
  case T_AlterOpFamilyStmt:
    withName(addAlter(at, ObjectKind::operator_family), as<AlterOpFamilyStmt>(node)->opfamilyname);
    return true;
  case T_AlterOperatorStmt:
    withName(addAlter(at, ObjectKind::operator_), as<AlterOperatorStmt>(node)->opername->objname);
    return true;
  case T_AlterCollationStmt:
    withName(addAlter(at, ObjectKind::collation), as<AlterCollationStmt>(node)->collname);
    return true;
  case T_AlterTypeStmt:
    withName(withOptions(at, addAlter(at, ObjectKind::type), as<AlterTypeStmt>(node)->options),
             as<AlterTypeStmt>(node)->typeName);
    return true;
  case T_AlterTSDictionaryStmt:
    withName(addAlter(at, ObjectKind::text_search_dictionary),
             as<AlterTSDictionaryStmt>(node)->dictname);
    return true;
  case T_AlterTSConfigurationStmt:
    withName(addAlter(at, ObjectKind::text_search_configuration),
             as<AlterTSConfigurationStmt>(node)->cfgname);
    return true;
  case T_AlterStatsStmt:
    withName(addAlter(at, ObjectKind::statistics), as<AlterStatsStmt>(node)->defnames);
    return true;
  case T_AlterObjectDependsStmt: {
    const auto *depends = as<AlterObjectDependsStmt>(node);
    ObjectKind kind = objectKind(depends->objectType);
    addAlter(at, kind).names.push_back(depends->relation
                                           ? relationName(at, depends->relation)
                                           : objectName(at, kind, depends->object).name);
    return true;
  }
  case T_SecLabelStmt: {
    ObjectKind kind = objectKind(as<SecLabelStmt>(node)->objtype);
    addAlter(at, kind).names.push_back(objectName(at, kind, as<SecLabelStmt>(node)->object).name);
    return true;
  }
  default:
    return lowerShared(at, node) || lowerForeign(at, node);
  }
}

} // namespace lockstep::sql
