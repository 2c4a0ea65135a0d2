#include "base/text.hpp"
#include "report/schema/sql_script.hpp"

#include <algorithm>
#include <optional>

// Owners and privileges.

namespace lockstep {

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
static void emitChange(SqlScript &script, const Target &target, const std::string &role,
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
    script.add(SqlPhase::rights, "REVOKE " + privilegeList(revoked, target) + " ON " +
                                     target.address + " FROM " + whom);
  if (!granted.empty())
    script.add(SqlPhase::rights,
               "GRANT " + privilegeList(granted, target) + " ON " + target.address + " TO " + whom);
  if (!with_option.empty())
    script.add(SqlPhase::rights, "GRANT " + privilegeList(with_option, target) + " ON " +
                                     target.address + " TO " + whom + " WITH GRANT OPTION");
}

static void emitPrivileges(SqlScript &script, const Target &target, const Privileges &before,
                           const PrivilegesPointer &after) {
  if (!after)
    return;
  static const std::map<std::string, bool> nothing;
  const auto of = [](const Privileges &privileges,
                     const std::string &role) -> const std::map<std::string, bool> & {
    const auto found = privileges.of.find(role);
    return found == privileges.of.end() ? nothing : found->second;
  };
  for (const auto &[role, names] : before.of)
    if (!after->of.contains(role))
      emitChange(script, target, role, names, nothing);
  for (const auto &[role, names] : after->of)
    emitChange(script, target, role, of(before, role), names);
}

static std::string ownerText(const std::string &owner) {
  return owner.empty() ? std::string("CURRENT_USER") : roleText(owner);
}

static void emitOwner(SqlScript &script, std::string_view word, const std::string &address,
                      const std::string &owner) {
  if (!owner.empty() && !roleText(owner).starts_with("current_") && owner != "session_user")
    script.add(SqlPhase::rights,
               "ALTER " + std::string(word) + " " + address + " OWNER TO " + roleText(owner));
}

static void emitRelationRights(SqlScript &script, const Relation &relation) {
  const std::string address = relation.qualifiedName();
  const bool is_sequence = relation.kind == RelationKind::sequence;
  const bool owned = relation.sequence && relation.sequence->owner != ObjectId::none;
  if (!owned)
    emitOwner(script, relationWord(relation), address, relation.owner);
  const ObjectKind kind = is_sequence ? ObjectKind::sequence : ObjectKind::table;
  Target target{(is_sequence ? "SEQUENCE " : "TABLE ") + address, {}, ownerText(relation.owner)};
  emitPrivileges(script, target, builtinPrivileges(kind, script.postgres()), relation.privileges);
  for (const Column &column : relation.columns) {
    target.column = column.name;
    emitPrivileges(script, target, {}, column.privileges);
  }
}

static void emitSchemaRights(SqlScript &script, const std::string &name, const SchemaEntry &entry) {
  const std::string address = quoteIdentifier(name);
  emitOwner(script, "SCHEMA", address, entry.owner);
  const Privileges before = name == "public"
                                ? *publicSchemaPrivileges(script.postgres())
                                : builtinPrivileges(ObjectKind::schema, script.postgres());
  emitPrivileges(script, {"SCHEMA " + address, {}, ownerText(entry.owner)}, before,
                 entry.privileges);
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

void emitRights(SqlScript &script) {
  const Catalog &catalog = script.catalog();
  for (const std::string &name : catalog.schemas())
    if (const SchemaEntry *entry = catalog.schema(name))
      emitSchemaRights(script, name, *entry);
  for (const Type *type : catalog.types()) {
    if (type->partial && type->origin.isBase())
      continue;
    const std::string address = type->qualifiedName();
    emitOwner(script, type->kind == TypeKind::domain ? "DOMAIN" : "TYPE", address, type->owner);
    emitPrivileges(script, {"TYPE " + address, {}, ownerText(type->owner)},
                   builtinPrivileges(ObjectKind::type, script.postgres()), type->privileges);
  }
  for (const Function *function : catalog.functions()) {
    if (function->partial && function->origin.isBase())
      continue;
    const std::string address = functionAddress(*function);
    const std::string_view word = functionWord(*function);
    emitOwner(script, word, address, function->owner);
    emitPrivileges(script,
                   {std::string(word == "AGGREGATE" ? "FUNCTION" : word) + " " + address,
                    {},
                    ownerText(function->owner)},
                   builtinPrivileges(ObjectKind::function, script.postgres()),
                   function->privileges);
  }
  for (const Relation *relation : catalog.relations())
    if (!relation->isIndex() && relation->kind != RelationKind::composite_type &&
        relation->persistence != Persistence::temporary && !isForeignToHistory(*relation))
      emitRelationRights(script, *relation);
  for (const NamedObject *object : catalog.objects())
    if (const auto word = grantWord(object->kind)) {
      const std::string name = sqlName(object->name);
      emitOwner(script, *word == "FOREIGN SERVER" ? "SERVER" : std::string_view(*word), name,
                object->owner);
      emitPrivileges(script, {*word + " " + name, {}, ownerText(object->owner)},
                     builtinPrivileges(object->kind, script.postgres()), object->privileges);
    }
  if (!catalog.state().default_privileges)
    return;
  for (const DefaultPrivileges &each : *catalog.state().default_privileges) {
    const std::vector<std::string> &schemas = each.grant->schemas;
    // One that was dropped took them along; one of an extension is not known to be there.
    if (std::all_of(schemas.begin(), schemas.end(),
                    [&](const std::string &schema) { return catalog.hasSchema(schema); }))
      script.add(SqlPhase::rights, each.text);
  }
}

} // namespace lockstep
