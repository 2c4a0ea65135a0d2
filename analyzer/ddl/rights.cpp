#include "ddl/rights.hpp"

#include "ddl/address.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace lockstep::ddl {

namespace {
/// How GRANT and REVOKE name an object.
struct Target {
  std::string address; ///< "TABLE app.t"; with `columns` the table that has them.
  std::string column;  ///< Empty: the object as a whole.
  std::string owner;   ///< As SQL; "CURRENT_USER" where it is not known.
};
} // namespace

static std::string privilegeList(const std::vector<std::string> &names, const Target &target) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "" : ", ") + upperCase(name) +
            (target.column.empty() ? "" : " (" + quoteIdentifier(target.column) + ")");
  return text;
}

/// One role's privileges from `before` to `after`.
static void addChange(SqlStatements &statements, const Target &target, const std::string &role,
                      const std::map<std::string, bool> &before,
                      const std::map<std::string, bool> &after) {
  std::vector<std::string> granted, with_option, revoked;
  for (const auto &[name, option] : after)
    if (const auto old = before.find(name); old == before.end() || old->second != option)
      (option ? with_option : granted).push_back(name);
  for (const auto &[name, option] : before)
    if (!after.contains(name))
      revoked.push_back(name);
  const std::string whom = role.empty() ? target.owner : roleText(role);
  if (!revoked.empty())
    statements.emplace_back("REVOKE " + privilegeList(revoked, target) + " ON " + target.address +
                            " FROM " + whom);
  if (!granted.empty())
    statements.emplace_back("GRANT " + privilegeList(granted, target) + " ON " + target.address +
                            " TO " + whom);
  if (!with_option.empty())
    statements.emplace_back("GRANT " + privilegeList(with_option, target) + " ON " +
                            target.address + " TO " + whom + " WITH GRANT OPTION");
}

/// What leads from the privileges that a new object has to those that it shall have.
static void addPrivileges(SqlStatements &statements, const Target &target, const Privileges &before,
                          const PrivilegesPointer &after) {
  if (!after)
    return;
  const Privileges::Granted nothing;
  for (const auto &[role, granted] : before.sorted())
    if (!after->of.contains(role))
      addChange(statements, target, std::string(role), *granted, nothing);
  for (const auto &[role, granted] : after->sorted()) {
    const Privileges::Granted *former = before.of.find(role);
    addChange(statements, target, std::string(role), former ? *former : nothing, *granted);
  }
}

static std::string ownerText(const std::string &owner) {
  return owner.empty() ? std::string("CURRENT_USER") : roleText(owner);
}

static void addOwner(SqlStatements &statements, std::string_view word, const std::string &address,
                     const std::string &owner) {
  if (!owner.empty() && !roleText(owner).starts_with("current_") && owner != "session_user")
    statements.emplace_back("ALTER " + std::string(word) + " " + address + " OWNER TO " +
                            roleText(owner));
}

/// The table or the sequence, as GRANT names it; views are tables to it.
static Target targetOf(const Relation &relation) {
  const bool is_sequence = relation.kind == RelationKind::sequence;
  return {(is_sequence ? "SEQUENCE " : "TABLE ") + relation.qualifiedName(),
          {},
          ownerText(relation.owner)};
}

SqlStatements rightsOf(const Relation &relation, int postgres) {
  SqlStatements statements;
  const bool is_owned = relation.sequence && relation.sequence->owner != ObjectId::none;
  if (!is_owned)
    addOwner(statements, relationWord(relation), relation.qualifiedName(), relation.owner);
  const ObjectKind kind =
      relation.kind == RelationKind::sequence ? ObjectKind::sequence : ObjectKind::table;
  addPrivileges(statements, targetOf(relation), builtinPrivileges(kind, postgres),
                relation.privileges);
  for (const Column &column : relation.columns)
    for (SqlStatement &statement : rightsOf(relation, column))
      statements.push_back(std::move(statement));
  return statements;
}

SqlStatements rightsOf(const Relation &relation, const Column &column) {
  SqlStatements statements;
  Target target = targetOf(relation);
  target.column = column.name;
  addPrivileges(statements, target, {}, column.privileges);
  return statements;
}

SqlStatements rightsOf(std::string_view schema, const SchemaEntry &entry, int postgres) {
  SqlStatements statements;
  const std::string address = quoteIdentifier(schema);
  addOwner(statements, "SCHEMA", address, entry.owner);
  const Privileges before = schema == "public" ? *publicSchemaPrivileges(postgres)
                                               : builtinPrivileges(ObjectKind::schema, postgres);
  addPrivileges(statements, {"SCHEMA " + address, {}, ownerText(entry.owner)}, before,
                entry.privileges);
  return statements;
}

SqlStatements rightsOf(const Type &type, int postgres) {
  SqlStatements statements;
  const std::string address = type.qualifiedName();
  addOwner(statements, type.kind == TypeKind::domain ? "DOMAIN" : "TYPE", address, type.owner);
  addPrivileges(statements, {"TYPE " + address, {}, ownerText(type.owner)},
                builtinPrivileges(ObjectKind::type, postgres), type.privileges);
  return statements;
}

SqlStatements rightsOf(const Function &function, int postgres) {
  SqlStatements statements;
  const std::string address = functionAddress(function);
  const std::string_view word = functionWord(function);
  addOwner(statements, word, address, function.owner);
  const std::string granted(word == "AGGREGATE" ? "FUNCTION" : word);
  addPrivileges(statements, {granted + " " + address, {}, ownerText(function.owner)},
                builtinPrivileges(ObjectKind::function, postgres), function.privileges);
  return statements;
}

/// How GRANT names other objects; nothing for kinds without privileges.
static std::optional<std::string> grantWord(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::foreign_data_wrapper:
    return "FOREIGN DATA WRAPPER";
  case ObjectKind::foreign_server:
    return "FOREIGN SERVER";
  case ObjectKind::language:
    return "LANGUAGE";
  default:
    return std::nullopt;
  }
}

SqlStatements rightsOf(const NamedObject &object, int postgres) {
  SqlStatements statements;
  const std::optional<std::string> word = grantWord(object.kind);
  if (!word)
    return statements;
  const std::string name = sqlName(object.name);
  addOwner(statements, *word == "FOREIGN SERVER" ? "SERVER" : std::string_view(*word), name,
           object.owner);
  addPrivileges(statements, {*word + " " + name, {}, ownerText(object.owner)},
                builtinPrivileges(object.kind, postgres), object.privileges);
  return statements;
}

SqlStatements defaultRights(const Catalog &catalog) {
  SqlStatements statements;
  for (const DefaultPrivileges &each : catalog.state().default_privileges) {
    const std::vector<std::string> &schemas = each.grant->schemas;
    // One that was dropped took them along; one of an extension is not known to be there.
    if (std::all_of(schemas.begin(), schemas.end(),
                    [&](const std::string &schema) { return catalog.hasSchema(schema); }))
      statements.emplace_back(each.text);
  }
  return statements;
}

} // namespace lockstep::ddl
