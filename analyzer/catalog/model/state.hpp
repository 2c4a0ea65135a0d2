#pragma once
#include "base/persistent_map.hpp"
#include "catalog/layer.hpp"
#include "catalog/model/catalog.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::catalog {

/// A schema and a name in it, for looking up.
struct NameView {
  std::string_view schema;
  std::string_view name;
};

/// A schema and a name in it, as a key.
struct ObjectName {
  std::string schema;
  std::string name;

  ObjectName(std::string_view schema_name, std::string_view object_name)
      : schema(schema_name), name(object_name) {}
  ObjectName(NameView view) : ObjectName(view.schema, view.name) {}
  friend bool operator==(const ObjectName &a, NameView b) {
    return a.name == b.name && a.schema == b.schema;
  }
  /// Not ambiguous with the one above turned round.
  friend bool operator==(const ObjectName &a, const ObjectName &b) = default;
  operator NameView() const { return {schema, name}; }
};

struct NameHash {
  static constexpr bool is_spread = true;
  size_t operator()(NameView name) const {
    return std::hash<std::string_view>{}(name.name) * 31 +
           std::hash<std::string_view>{}(name.schema);
  }
};

/// Ids given one after the other stand in one node of 32: what a statement makes and changes is
/// mostly there, so that few nodes are copied for it.
struct IdHash {
  static constexpr bool is_spread = true;
  size_t operator()(ObjectId id) const {
    const auto number = static_cast<uint64_t>(id);
    const uint64_t lowest = number & 31, next = (number >> 5) & 31;
    return (number & ~uint64_t{1023}) | (lowest << 5) | next;
  }
};

/// What a name stands for. Names that the history dropped stay as tombstones, which hold until
/// opaque SQL runs: then the name may exist again.
struct NameEntry {
  ObjectId id = ObjectId::none; ///< None: dropped.
  /// When it was dropped, CatalogState::epoch, or made, CatalogState::change_epoch.
  uint32_t epoch = 0;
};

/// Functions share a name; no ids: all were dropped.
struct FunctionEntry {
  std::vector<ObjectId> ids;
  uint32_t epoch = 0;
};

struct SchemaEntry {
  bool exists = true;
  bool is_made = false; ///< Surely by the history: empty before.
  uint32_t epoch = 0;
  std::string owner;
  PrivilegesPointer privileges;
  std::string comment;
  Origin origin;
};

/// What an ALTER DEFAULT PRIVILEGES said, with the schemas that it is about.
struct DefaultPrivileges {
  std::shared_ptr<const DefaultGrant> grant;
  std::string text;
};

/// A value of a setting, and one that holds until the transaction ends.
struct Setting {
  std::optional<std::string> session; ///< Absent: the history did not set it.
  std::optional<std::string> local;
};

template <class Value> using IdMap = PersistentMap<ObjectId, Value, IdHash>;
using ObjectSet = IdMap<bool>;

/// What was last put into the reverse indexes for an object, which holds it.
struct IndexedFacts {
  std::vector<ObjectId> references; ///< Sorted, each once.
  std::vector<std::string> constraints;
  std::string schema;
};

/// The same for a relation: the parts that the facts were read from, so that only those that differ
/// are looked at again.
struct IndexedRelation {
  SharedVector<Column> columns;
  SharedVector<Constraint> constraints;
  SharedVector<Trigger> triggers;
  SharedVector<Reference> references;
  std::vector<ObjectId> others; ///< Parents, and what an index or a sequence belongs to.
  IdMap<uint32_t> targets;      ///< How often it refers to each object; never to itself.
  IdMap<uint32_t> key_targets;  ///< The same for foreign keys alone.
  std::string schema;

  /// True where `other`, whose targets are not looked at, was read from the same parts.
  [[nodiscard]] bool isSame(const IndexedRelation &other) const {
    return columns.isSame(other.columns) && constraints.isSame(other.constraints) &&
           triggers.isSame(other.triggers) && references.isSame(other.references) &&
           others == other.others && schema == other.schema;
  }
};

using NameMap = PersistentMap<ObjectName, NameEntry, NameHash>;

/// A name without a number at its end → the lowest number from 1 on with which it is not taken; 1
/// where it is not there.
using NumberMap = PersistentMap<ObjectName, uint32_t, NameHash>;

/// All of a catalog. Copying it shares everything.
struct CatalogState {
  IdMap<std::shared_ptr<Relation>> relations;
  IdMap<std::shared_ptr<Type>> types;
  IdMap<std::shared_ptr<Function>> functions;
  NameMap relation_names;
  NameMap type_names;
  PersistentMap<ObjectName, FunctionEntry, NameHash> function_names;
  PersistentMap<std::string, SchemaEntry, StringHash> schemas;
  /// Other objects; the key's schema is objectKey's.
  PersistentMap<ObjectName, std::shared_ptr<NamedObject>, NameHash> objects;
  PersistentMap<std::string, Setting, StringHash> settings;
  PersistentMap<std::string, std::string, StringHash> default_settings;

  // Reverse indexes, kept by Change::reindex.
  IdMap<ObjectSet> dependents;  ///< Who refers to an object.
  IdMap<ObjectSet> referencing; ///< The other tables whose foreign keys refer to a table.
  PersistentMap<std::string, ObjectSet, StringHash> members; ///< What is in a schema.
  /// How many constraints of a schema have a name (pg_constraint is searched by it).
  PersistentMap<ObjectName, uint32_t, NameHash> constraint_names;
  /// Which numbers behind a name are taken, so that whoever looks for a free one need not try them
  /// all.
  NumberMap relation_numbers;
  NumberMap constraint_numbers;

  std::shared_ptr<const std::vector<std::string>> search_path; ///< Without pg_catalog and pg_temp.
  SharedVector<DefaultPrivileges> default_privileges;          ///< In order.
  /// What they come to, by kind and schema; empty where an earlier one was changed.
  PersistentMap<ObjectName, PrivilegesPointer, NameHash> default_results;
  std::shared_ptr<const Origin> incomplete;
  uint32_t epoch = 0;        ///< How often SQL ran that may have made objects that we do not see.
  uint32_t change_epoch = 0; ///< How often SQL ran that may have changed the objects that we see.
  uint32_t last_id = 0;
  bool has_temporary = false;  ///< Names in pg_temp were made; most histories make none.
  uint32_t local_settings = 0; ///< How many settings have a local value.

  CatalogState();
};

/// The schema that temporary relations are kept in here.
inline constexpr std::string_view temporary_schema = "pg_temp";

/// Under which a named object is kept: schemas of objects of several kinds do not clash.
[[nodiscard]] ObjectName objectKey(ObjectKind kind, const QualifiedName &name);

/// The schema that CREATE puts an unqualified name into.
[[nodiscard]] std::string_view creationSchema(const CatalogState &state);

/// The entry that a name stands for: that of an object, else a tombstone, else null.
[[nodiscard]] const NameEntry *findName(const CatalogState &state, const NameMap &names,
                                        const QualifiedName &name);
/// Known, absent or unknown, by an entry that findName found.
[[nodiscard]] Knowledge knowledgeOf(const CatalogState &state, const NameEntry *entry);

} // namespace lockstep::catalog
