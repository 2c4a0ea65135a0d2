#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

#include <string>
#include <vector>

namespace lockstep::catalog {

/// True for kinds whose objects live in a schema.
[[nodiscard]] bool hasSchema(ObjectKind kind);
/// The name under which an object is kept: with its operand types where only they tell it apart.
[[nodiscard]] QualifiedName namedKey(ObjectKind kind, const QualifiedName &name,
                                     const std::vector<TypeName> &arguments);
/// The object of a statement under search_path, or null.
[[nodiscard]] const NamedObject *findNamed(const Catalog &catalog, ObjectKind kind,
                                           const QualifiedName &name,
                                           const std::vector<TypeName> &arguments = {});
/// Renames or moves an object; an empty part of `to` stays.
void moveNamed(Change &change, ObjectKind kind, const QualifiedName &name,
               const std::vector<TypeName> &arguments, const QualifiedName &to);
/// What a role was granted becomes the owner's once it owns the object (aclnewowner, acl.c).
[[nodiscard]] PrivilegesPointer ownedBy(const PrivilegesPointer &privileges,
                                        const std::string &owner);
void changeNamedOwner(Change &change, const ChangeOwner &op);
void dropNamed(Change &change, const NamedObject &object);
/// Takes out what goes with a relation or schema.
void dropNamedOf(Change &change, const QualifiedName &table);
void dropNamedIn(Change &change, const std::string &schema);
/// A relation moved: what belongs to it follows.
void moveNamedOf(Change &change, const QualifiedName &from, const QualifiedName &to);

} // namespace lockstep::catalog
