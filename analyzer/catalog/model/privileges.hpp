#pragma once
#include "base/persistent_map.hpp"
#include "catalog/layer.hpp"
#include "ops/object_kind.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep::ops {
struct Grant;
} // namespace lockstep::ops

namespace lockstep::catalog {

struct CatalogState;
struct DefaultPrivileges;

struct StringHash {
  static constexpr bool is_spread = true;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// What roles may do with an object (pg_class.relacl and its like).
struct Privileges {
  /// What one role may do: privileges in lower case, each with whether it may grant it.
  using Granted = std::map<std::string, bool>;
  /// By grantee. The owner is "", PUBLIC is "public".
  PersistentMap<std::string, Granted, StringHash> of;

  /// What it may do, for changing it.
  [[nodiscard]] Granted &edit(const std::string &grantee);
  /// In the order of the grantees.
  [[nodiscard]] std::vector<std::pair<std::string_view, const Granted *>> sorted() const;

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

/// What ALTER DEFAULT PRIVILEGES gives a new object; null where it says nothing. Remembers it.
[[nodiscard]] PrivilegesPointer defaultPrivileges(CatalogState &state, ObjectKind kind,
                                                  std::string_view schema, int postgres);
void addDefaultPrivileges(CatalogState &state, DefaultPrivileges added, int postgres);
/// ALTER DEFAULT PRIVILEGES IN SCHEMA of one that is gone says nothing of its successor.
void dropDefaultPrivileges(CatalogState &state, const std::string &schema);

} // namespace lockstep::catalog
