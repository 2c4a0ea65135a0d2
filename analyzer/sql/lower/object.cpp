#include "sql/lower/object.hpp"

#include "sql/lower/object_name.hpp"
#include "sql/query/name.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

// What can be said of every kind of object: DROP, RENAME, SET SCHEMA, OWNER TO, COMMENT, GRANT.

namespace lockstep::sql {

// --- DROP ----------------------------------------------------------------------------------------

/// The first name of a DROP: after the kind and its options.
static size_t firstDropped(const StatementTokens &tokens) {
  size_t first = skipKind(tokens, 1);
  if (tokens.is(first, "concurrently"))
    ++first;
  return tokens.skipIfExists(first);
}

static bool isPartOfTable(ObjectKind kind) {
  return kind == ObjectKind::policy || kind == ObjectKind::rule || kind == ObjectKind::trigger;
}

void lowerDrop(Lowering &at, const DropStmt &node) {
  const StatementTokens &tokens = at.tokens;
  ObjectKind kind = objectKind(node.removeType);
  size_t first = firstDropped(tokens);
  auto objects = nodes<::Node>(node.objects);
  at.ops.reserve(at.ops.size() + objects.size());
  for (const ::Node *object : objects) {
    ObjectName name = objectName(at, kind, object);
    DropObject op;
    op.kind = kind;
    op.where = tokens.isSymbol(first, '(') ? tokens.span(first, tokens.next(first)) // A cast.
                                           : tokens.name(first);
    if (isPartOfTable(kind)) {
      op.on_table = std::move(name.name);
      op.on_table.where = tokens.name(tokens.find("on", first) + 1);
      op.name.name = std::move(name.part);
    } else {
      op.name = std::move(name.name);
    }
    op.name.where = op.where;
    op.arguments = std::move(name.arguments);
    op.has_arguments = name.has_arguments;
    op.if_exists = node.missing_ok;
    op.cascade = node.behavior == DROP_CASCADE;
    op.concurrently = node.concurrent;
    op.several = objects.size() > 1;
    first = tokens.elementEnd(first) + 1;
    at.add(std::move(op));
  }
}

void addDrop(Lowering &at, ObjectKind kind, std::string_view name, bool if_exists, bool cascade) {
  DropObject op;
  op.kind = kind;
  op.name.name = name;
  op.where = at.tokens.name(firstDropped(at.tokens));
  op.name.where = op.where;
  op.if_exists = if_exists;
  op.cascade = cascade;
  at.add(std::move(op));
}

void lowerDropRole(Lowering &at, const DropRoleStmt &node) {
  size_t first = firstDropped(at.tokens);
  for (const RoleSpec *role : nodes<RoleSpec>(node.roles)) {
    addDrop(at, ObjectKind::role, roleName(role), node.missing_ok, false);
    auto &op = std::get<DropObject>(at.ops.back());
    op.where = op.name.where = at.tokens.name(first);
    op.several = cells(node.roles).size() > 1;
    first = at.tokens.elementEnd(first) + 1;
  }
}

// --- ALTER … RENAME, SET SCHEMA, OWNER TO --------------------------------------------------------

/// Where the name stands that ALTER is about.
static Range alteredName(const StatementTokens &tokens) {
  return tokens.name(tokens.skipIfExists(skipKind(tokens, 1)));
}

void lowerRename(Lowering &at, const RenameStmt &node) {
  RenameObject op;
  op.kind = objectKind(node.renameType);
  op.relation_kind = op.kind;
  op.new_name = text(node.newname);
  op.part = text(node.subname);
  op.if_exists = node.missing_ok;
  op.cascade = node.behavior == DROP_CASCADE;
  switch (op.kind) {
  case ObjectKind::column:
    op.relation_kind = objectKind(node.relationType);
    break;
  case ObjectKind::type_attribute:
    op.relation_kind = ObjectKind::type;
    break;
  case ObjectKind::domain_constraint:
    op.relation_kind = ObjectKind::domain;
    break;
  case ObjectKind::constraint:
  case ObjectKind::policy:
  case ObjectKind::rule:
  case ObjectKind::trigger:
    op.relation_kind = ObjectKind::table;
    break;
  default:
    break;
  }
  if (node.relation) {
    op.name = relationName(at, node.relation);
    op.only = !node.relation->inh;
  } else if (node.object) {
    ObjectName name = objectName(at, op.relation_kind, node.object);
    op.name = std::move(name.name);
    op.arguments = std::move(name.arguments);
    op.name.where = alteredName(at.tokens);
  } else { // A schema, role or database: the name is a plain string.
    op.name.name = std::move(op.part);
    op.part.clear();
    op.name.where = alteredName(at.tokens);
  }
  at.addWhole(std::move(op));
}

void lowerSetSchema(Lowering &at, const AlterObjectSchemaStmt &node) {
  SetSchema op;
  op.kind = objectKind(node.objectType);
  op.new_schema = text(node.newschema);
  op.if_exists = node.missing_ok;
  if (node.relation) {
    op.name = relationName(at, node.relation);
  } else {
    ObjectName name = objectName(at, op.kind, node.object);
    op.name = std::move(name.name);
    op.arguments = std::move(name.arguments);
    op.name.where = alteredName(at.tokens);
  }
  at.addWhole(std::move(op));
}

void lowerOwner(Lowering &at, const AlterOwnerStmt &node) {
  ChangeOwner op;
  op.kind = objectKind(node.objectType);
  op.owner = roleName(node.newowner);
  ObjectName name = objectName(at, op.kind, node.object);
  op.name = std::move(name.name);
  op.arguments = std::move(name.arguments);
  op.name.where = alteredName(at.tokens);
  at.addWhole(std::move(op));
}

// --- COMMENT -------------------------------------------------------------------------------------

void lowerComment(Lowering &at, const CommentStmt &node) {
  Comment op;
  op.kind = objectKind(node.objtype);
  ObjectName name = objectName(at, op.kind, node.object);
  op.name = std::move(name.name);
  op.part = std::move(name.part);
  op.arguments = std::move(name.arguments);
  op.has_arguments = name.has_arguments;
  op.name.where = at.tokens.name(skipKind(at.tokens, 2));
  if (node.comment)
    op.text = node.comment;
  at.addWhole(std::move(op));
}

// --- GRANT and REVOKE ----------------------------------------------------------------------------

static std::string privilege(const AccessPriv &node) {
  std::string result(node.priv_name ? text(node.priv_name) : "all");
  std::string_view separator = " (";
  for (const void *column : cells(node.cols)) {
    result.append(separator).append(quoteIdentifier(stringOf(column)));
    separator = ", ";
  }
  return node.cols ? result += ')' : result;
}

static void lowerGrantObjects(Lowering &at, Grant &op, const ::List *objects) {
  size_t first = skipKind(at.tokens, at.tokens.find("on") + 1);
  bool is_named_kind = op.kind != ObjectKind::table;
  for (const ::Node *object : nodes<::Node>(objects)) {
    ObjectName name = objectName(at, op.kind, object);
    if (name.name.where.empty() && is_named_kind && !op.all_in_schema)
      name.name.where = at.tokens.name(first);
    first = at.tokens.elementEnd(first) + 1;
    op.names.push_back(std::move(name.name));
    op.arguments.push_back(std::move(name.arguments));
    op.has_arguments.push_back(name.has_arguments);
  }
}

Grant lowerGrantOf(Lowering &at, const GrantStmt &node) {
  Grant op;
  op.is_grant = node.is_grant;
  op.kind = objectKind(node.objtype);
  op.all_in_schema = node.targtype == ACL_TARGET_ALL_IN_SCHEMA;
  op.grant_option = node.grant_option;
  op.cascade = node.behavior == DROP_CASCADE;
  for (const AccessPriv *one : nodes<AccessPriv>(node.privileges))
    op.privileges.push_back(privilege(*one));
  for (const RoleSpec *role : nodes<RoleSpec>(node.grantees))
    op.grantees.push_back(roleName(role));
  lowerGrantObjects(at, op, node.objects);
  return op;
}

void lowerGrant(Lowering &at, const GrantStmt &node) { at.addWhole(lowerGrantOf(at, node)); }

} // namespace lockstep::sql
