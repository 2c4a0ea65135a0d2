#include "catalog/change/named.hpp"

namespace lockstep::catalog {

bool hasSchema(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::collation:
  case ObjectKind::conversion:
  case ObjectKind::operator_:
  case ObjectKind::operator_class:
  case ObjectKind::operator_family:
  case ObjectKind::statistics:
  case ObjectKind::text_search_configuration:
  case ObjectKind::text_search_dictionary:
  case ObjectKind::text_search_parser:
  case ObjectKind::text_search_template:
    return true;
  default:
    return false;
  }
}

QualifiedName namedKey(ObjectKind kind, const QualifiedName &name,
                       const std::vector<TypeName> &arguments) {
  QualifiedName key{name.schema, name.name, {}};
  if (kind != ObjectKind::operator_)
    return key;
  std::string types;
  for (const TypeName &type : arguments)
    types += (types.empty() ? "" : ", ") + type.name + (type.array_dimensions > 0 ? "[]" : "");
  key.name += " (" + types + ")";
  return key;
}

const NamedObject *findNamed(const Catalog &catalog, ObjectKind kind, const QualifiedName &name,
                             const std::vector<TypeName> &arguments) {
  return catalog.findObject(kind, namedKey(kind, name, arguments));
}

static void replace(Change &change, const NamedObject &before, NamedObject after) {
  const ObjectName from = objectKey(before.kind, before.name);
  auto held = std::make_shared<NamedObject>(std::move(after));
  change.mutableState().objects.set(from, nullptr);
  change.mutableState().objects.set(objectKey(held->kind, held->name), held);
}

void moveNamed(Change &change, ObjectKind kind, const QualifiedName &name,
               const std::vector<TypeName> &arguments, const QualifiedName &to) {
  const NamedObject *object = findNamed(change.catalog(), kind, name, arguments);
  if (!object)
    return;
  NamedObject moved = *object;
  if (kind == ObjectKind::extension) {
    moved.table.schema = to.schema;
    return replace(change, *object, std::move(moved));
  }
  std::string text = "ALTER " + std::string(ops::name(kind)) + " " + sqlName(object->name);
  if (!to.name.empty())
    text += " RENAME TO " + quoteIdentifier(to.name);
  else
    text += " SET SCHEMA " + quoteIdentifier(to.schema);
  // Statistics are written with the name that they have.
  if (kind != ObjectKind::statistics && kind != ObjectKind::operator_)
    moved.statements.push_back(std::move(text));
  if (!to.schema.empty())
    moved.name.schema = to.schema;
  if (!to.name.empty())
    moved.name.name = to.name;
  replace(change, *object, std::move(moved));
}

PrivilegesPointer ownedBy(const PrivilegesPointer &privileges, const std::string &owner) {
  if (!privileges || !privileges->of.contains(owner))
    return privileges;
  Privileges merged = *privileges;
  const Privileges::Granted granted = *merged.of.find(owner);
  for (const auto &[name, option] : granted)
    merged.edit("")[name] = false;
  merged.of.erase(owner);
  return std::make_shared<const Privileges>(std::move(merged));
}

void changeNamedOwner(Change &change, const ChangeOwner &op) {
  const NamedObject *object = findNamed(change.catalog(), op.kind, op.name, op.arguments);
  if (!object)
    return;
  NamedObject changed = *object;
  changed.owner = op.owner;
  changed.privileges = ownedBy(changed.privileges, op.owner);
  replace(change, *object, std::move(changed));
}

void dropNamed(Change &change, const NamedObject &object) {
  change.mutableState().objects.set(objectKey(object.kind, object.name), nullptr);
}

template <class Wanted> static void dropWhere(Change &change, Wanted &&wanted) {
  if (change.state().objects.empty())
    return;
  for (const NamedObject *object : change.catalog().objects())
    if (wanted(*object))
      dropNamed(change, NamedObject(*object));
}

void dropNamedOf(Change &change, const QualifiedName &table) {
  dropWhere(change, [&](const NamedObject &object) {
    return object.kind == ObjectKind::statistics && object.table == table;
  });
}

void dropNamedIn(Change &change, const std::string &schema) {
  if (!change.state().default_privileges.empty())
    dropDefaultPrivileges(change.mutableState(), schema);
  dropWhere(change, [&](const NamedObject &object) {
    return hasSchema(object.kind) && object.name.schema == schema;
  });
}

void moveNamedOf(Change &change, const QualifiedName &from, const QualifiedName &to) {
  if (change.state().objects.empty())
    return;
  for (const NamedObject *object : change.catalog().objects()) {
    if (object->kind != ObjectKind::statistics || !(object->table == from))
      continue;
    NamedObject moved = *object;
    moved.table = {to.schema, to.name, {}};
    const NamedObject before = *object;
    replace(change, before, std::move(moved));
  }
}

} // namespace lockstep::catalog
