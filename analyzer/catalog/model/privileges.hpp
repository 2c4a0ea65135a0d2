#pragma once
#include "catalog/layer.hpp"
#include "ops/object_kind.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::ops {
struct Grant;
} // namespace lockstep::ops

namespace lockstep::catalog {

struct CatalogState;

/// What roles may do with an object (pg_class.relacl and its like).
struct Privileges {
  /// Grantee → privilege in lower case → with grant option. The owner is "", PUBLIC is "public".
  std::map<std::string, std::map<std::string, bool>> of;

  friend bool operator==(const Privileges &a, const Privileges &b) { return a.of == b.of; }
};

/// Null: the object has the built-in default privileges.
using PrivilegesPointer = std::shared_ptr<const Privileges>;

/// search_path as it was when a definition was stored: what its unqualified names mean.
using SearchPath = std::shared_ptr<const std::vector<std::string>>;

/// All privileges that an object of the kind has (ACL_ALL_RIGHTS_*, acl.h), in PostgreSQL's order.
[[nodiscard]] std::vector<std::string> allPrivileges(ObjectKind kind, int postgres);
/// What the owner and PUBLIC have before anything is granted (acldefault, acl.c).
[[nodiscard]] Privileges builtinPrivileges(ObjectKind kind, int postgres);

/// Those of the schema public as initdb leaves them.
[[nodiscard]] PrivilegesPointer publicSchemaPrivileges(int postgres);

/// The object whose privileges change.
struct Privileged {
  ObjectKind kind = ObjectKind::table;
  std::string_view owner; ///< Empty: unknown.
  bool is_column = false; ///< Privileges of a column, which no one has at first.
};
/// The privileges after GRANT or REVOKE of `names`, of which "all" stands for all.
[[nodiscard]] PrivilegesPointer changePrivileges(const PrivilegesPointer &before,
                                                 const Privileged &object, const Grant &grant,
                                                 const std::vector<std::string> &names,
                                                 int postgres);

/// What ALTER DEFAULT PRIVILEGES gives a new object; null where it says nothing.
[[nodiscard]] PrivilegesPointer defaultPrivileges(const CatalogState &state, ObjectKind kind,
                                                  std::string_view schema, int postgres);

} // namespace lockstep::catalog
