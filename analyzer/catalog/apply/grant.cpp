#include "catalog/apply/apply_op.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/function_match.hpp"

#include <algorithm>

// GRANT and REVOKE (ExecuteGrantStmt, aclchk.c).

namespace lockstep::catalog {

namespace {
/// A privilege as the statement names it, with its columns.
struct NamedPrivilege {
  std::string name;
  std::vector<std::string> columns;
};
} // namespace

/// Takes `select (a, "B")` apart.
static NamedPrivilege parsePrivilege(const std::string &text) {
  NamedPrivilege privilege;
  const size_t open = text.find(" (");
  privilege.name = text.substr(0, open);
  if (open == std::string::npos)
    return privilege;
  std::string column;
  bool quoted = false;
  for (size_t at = open + 2; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' && quoted && at + 1 < text.size() && text[at + 1] == '"')
      column += text[at++];
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == ',' || c == ')'))
      privilege.columns.push_back(std::exchange(column, {}));
    else if (quoted || c != ' ')
      column += c;
  }
  return privilege;
}

/// The names of those privileges that are about whole objects.
static std::vector<std::string> wholeNames(const Grant &grant) {
  std::vector<std::string> names;
  if (grant.privileges.empty())
    names.emplace_back("all");
  for (const std::string &text : grant.privileges)
    if (const NamedPrivilege privilege = parsePrivilege(text); privilege.columns.empty())
      names.push_back(privilege.name);
  return names;
}

static void grantColumns(Change &change, Relation &relation, const Grant &grant) {
  const Privileged column_of{ObjectKind::column, relation.owner, true};
  const auto changeColumn = [&](Column &column, const std::vector<std::string> &names) {
    column.privileges =
        changePrivileges(column.privileges, column_of, grant, names, change.postgres());
  };
  for (const std::string &text : grant.privileges) {
    const NamedPrivilege privilege = parsePrivilege(text);
    for (const std::string &name : privilege.columns)
      if (Column *column = findColumn(relation, name))
        changeColumn(*column, {privilege.name});
  }
  // REVOKE on the table takes the privilege from its columns, too.
  if (!grant.is_grant)
    relation.columns.editIf([](const Column &column) { return column.privileges != nullptr; },
                            [&](Column &column) { changeColumn(column, wholeNames(grant)); });
}

static void grantOnRelation(Change &change, ObjectId id, const Grant &grant) {
  const std::vector<std::string> names = wholeNames(grant);
  ObjectEdit<Relation> relation = change.edit(id);
  const bool is_sequence = relation->kind == RelationKind::sequence;
  const Privileged object{is_sequence ? ObjectKind::sequence : ObjectKind::table, relation->owner,
                          false};
  if (!names.empty())
    relation->privileges =
        changePrivileges(relation->privileges, object, grant, names, change.postgres());
  if (!is_sequence)
    grantColumns(change, *relation, grant);
}

/// True for what GRANT … ON ALL `kind` IN SCHEMA means.
static bool isMeant(const Relation &relation, ObjectKind kind) {
  if (kind == ObjectKind::sequence)
    return relation.kind == RelationKind::sequence;
  return relation.holdsRows() || relation.kind == RelationKind::view;
}

static void grantInSchema(Change &change, const std::string &schema, const Grant &grant) {
  std::vector<ObjectId> members;
  if (const ObjectSet *set = change.state().members.find(schema))
    set->forEach([&](ObjectId id, bool) { members.push_back(id); });
  std::sort(members.begin(), members.end());
  for (ObjectId id : members) {
    if (const Relation *relation = change.catalog().relation(id)) {
      if ((grant.kind == ObjectKind::table || grant.kind == ObjectKind::sequence) &&
          isMeant(*relation, grant.kind))
        grantOnRelation(change, id, grant);
    } else if (const Function *function = change.catalog().function(id)) {
      const bool is_procedure = function->definition && function->definition->is_procedure;
      const bool meant = grant.kind == ObjectKind::routine ||
                         (grant.kind == ObjectKind::procedure && is_procedure) ||
                         (grant.kind == ObjectKind::function && !is_procedure);
      if (!meant)
        continue;
      ObjectEdit<Function> edited = change.editFunction(id);
      edited->privileges =
          changePrivileges(edited->privileges, {ObjectKind::function, edited->owner, false}, grant,
                           wholeNames(grant), change.postgres());
    }
  }
}

static void grantOne(Change &change, const Grant &op, size_t index) {
  const QualifiedName &name = op.names[index];
  const std::vector<std::string> names = wholeNames(op);
  const auto changed = [&](const PrivilegesPointer &before, ObjectKind kind,
                           const std::string &owner) {
    return changePrivileges(before, {kind, owner, false}, op, names, change.postgres());
  };
  switch (op.kind) {
  case ObjectKind::table:
  case ObjectKind::sequence:
    if (const Relation *relation = change.catalog().findRelation(name))
      grantOnRelation(change, relation->id, op);
    return;
  case ObjectKind::function:
  case ObjectKind::procedure:
  case ObjectKind::routine: {
    const bool has_arguments = index < op.has_arguments.size() && op.has_arguments[index];
    const Function *function =
        findFunction(change.catalog(), name,
                     index < op.arguments.size() ? op.arguments[index] : std::vector<TypeName>{},
                     has_arguments, change.postgres());
    if (!function)
      return;
    ObjectEdit<Function> edited = change.editFunction(function->id);
    edited->privileges = changed(edited->privileges, ObjectKind::function, edited->owner);
    return;
  }
  case ObjectKind::schema:
    if (SchemaEntry *entry = change.mutableState().schemas.edit(name.name)) {
      if (!entry->privileges && name.name == "public")
        entry->privileges = publicSchemaPrivileges(change.postgres());
      entry->privileges = changed(entry->privileges, ObjectKind::schema, entry->owner);
    }
    return;
  case ObjectKind::type:
  case ObjectKind::domain:
    if (const Type *type = change.catalog().findType(name)) {
      ObjectEdit<Type> edited = change.editType(type->id);
      edited->privileges = changed(edited->privileges, ObjectKind::type, edited->owner);
    }
    return;
  default:
    if (const NamedObject *object = change.catalog().findObject(op.kind, name)) {
      auto edited = std::make_shared<NamedObject>(*object);
      edited->privileges = changed(edited->privileges, op.kind, edited->owner);
      change.mutableState().objects.set(objectKey(op.kind, edited->name), edited);
    }
    return;
  }
}

bool applyOp(Change &change, const Grant &op) {
  for (size_t i = 0; i < op.names.size(); ++i) {
    if (op.all_in_schema)
      grantInSchema(change, op.names[i].name, op);
    else
      grantOne(change, op, i);
  }
  return true;
}

} // namespace lockstep::catalog
