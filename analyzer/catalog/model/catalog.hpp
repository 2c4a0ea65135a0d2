#pragma once
#include "base/persistent_map.hpp"
#include "catalog/layer.hpp"
#include "catalog/model/relation.hpp"
#include "catalog/model/type.hpp"
#include "ops/op.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::catalog {

/// How one object depends on another, after pg_depend.deptype.
enum class DependencyKind : uint8_t {
  normal,    ///< DROP of the referenced object is refused without CASCADE.
  automatic, ///< Dropped along with the referenced object.
  internal,  ///< Part of the dependent object's implementation.
};

/// Something that depends on a relation, type or function.
struct Dependent {
  ObjectId dependent = ObjectId::none;  ///< A relation, function or type of the catalog.
  PartKind part_kind = PartKind::whole; ///< Whether all of it depends, or what part.
  std::string part;   ///< The constraint, trigger, policy, rule or column of it that depends.
  std::string column; ///< The referenced column; empty: the object as a whole.
  DependencyKind kind = DependencyKind::normal;
};

struct CatalogState;
struct SchemaEntry;

/// The simulated schema: what the server would hold after the migrations so far.
///
/// A value: copying costs one pointer, so that every step keeps the catalog before it, and
/// ROLLBACK, savepoints and down migrations are assignments. All session state that a rollback
/// undoes (SET, search_path) is part of it.
class Catalog {
public:
  Catalog();

  // --- Relations ---
  [[nodiscard]] const Relation *relation(ObjectId id) const;
  /// The relation that the name stands for under search_path, or null.
  [[nodiscard]] const Relation *findRelation(const QualifiedName &name) const;
  [[nodiscard]] Knowledge knowledgeOf(const QualifiedName &relation) const;
  /// Absent only where the relation's whole definition is known, or the column was dropped.
  /// A system column (ctid, tableoid, …) is known.
  [[nodiscard]] Knowledge knowledgeOf(const Relation &relation, std::string_view column) const;
  /// True where the definition was seen, unconditionally, and nothing since may have changed it:
  /// what certain refusals rest on.
  [[nodiscard]] bool isCertain(const Relation &relation) const;
  /// Schema and name under which the server would look up or create `name`: the schema of an
  /// existing relation on search_path, else the first schema of search_path.
  [[nodiscard]] QualifiedName resolve(const QualifiedName &name) const;
  /// All relations, sorted by schema and name.
  [[nodiscard]] std::vector<const Relation *> relations() const;
  /// Those of a schema, sorted likewise.
  [[nodiscard]] std::vector<const Relation *> relationsIn(std::string_view schema) const;
  [[nodiscard]] std::vector<const Type *> typesIn(std::string_view schema) const;
  [[nodiscard]] std::vector<const Function *> functionsIn(std::string_view schema) const;
  /// Those that hold rows, sorted likewise: fewer by far, without indexes and sequences.
  [[nodiscard]] std::vector<const Relation *> tables() const;
  /// The relation itself and all its partitions and inheritance children, parents first, each once.
  [[nodiscard]] std::vector<const Relation *> withDescendants(const Relation &relation) const;
  /// The topmost partitioned table above `relation`, or itself.
  [[nodiscard]] const Relation &rootOf(const Relation &relation) const;
  /// The DEFAULT partition of a partitioned table, or null.
  [[nodiscard]] const Relation *defaultPartition(const Relation &relation) const;
  [[nodiscard]] std::vector<const Relation *> indexesOf(const Relation &relation) const;
  /// Foreign keys of other (and the same) tables that reference `relation`.
  struct ForeignKey {
    const Relation *table = nullptr;
    const Constraint *constraint = nullptr;
  };
  [[nodiscard]] std::vector<ForeignKey> foreignKeysTo(const Relation &relation) const;

  // --- Types, functions, everything else ---
  [[nodiscard]] const Type *type(ObjectId id) const;
  [[nodiscard]] const Type *findType(const QualifiedName &name) const;
  [[nodiscard]] std::vector<const Type *> types() const;
  [[nodiscard]] bool hasTypes() const;
  /// Columns whose type is, contains or is based on `type`, in tables, views and composites.
  struct TypeUse {
    const Relation *relation = nullptr;
    const Column *column = nullptr;
  };
  [[nodiscard]] std::vector<TypeUse> usesOf(const Type &type) const;
  /// True where values of the type are checked: a domain with CHECK or NOT NULL, also below.
  [[nodiscard]] bool isConstrainedDomain(const Column &column) const;
  [[nodiscard]] std::vector<const Function *> findFunctions(const QualifiedName &name) const;
  [[nodiscard]] const Function *function(ObjectId id) const;
  [[nodiscard]] std::vector<const Function *> functions() const;
  [[nodiscard]] bool hasSchema(std::string_view schema) const;
  /// True for a schema that the history surely made: it holds nothing that the history does not
  /// show, unless SQL ran that is not understood.
  [[nodiscard]] bool hasMadeSchema(std::string_view schema) const;
  [[nodiscard]] std::vector<std::string> schemas() const;
  /// The schema's entry, or null where the history did not make it.
  [[nodiscard]] const SchemaEntry *schema(std::string_view name) const;
  [[nodiscard]] const NamedObject *findObject(ObjectKind kind, const QualifiedName &name) const;
  [[nodiscard]] std::vector<const NamedObject *> objects() const;
  /// All that depends on the object, ordered by dependent.
  [[nodiscard]] std::vector<Dependent> dependentsOf(ObjectId id) const;

  // --- The session ---
  /// The value of a setting, lower-case name: what the history set, else the session's default;
  /// nullopt where neither is known.
  [[nodiscard]] std::optional<std::string> setting(std::string_view name) const;
  /// Values that sessions start with and RESET returns to, by lower-case name: those of the role or
  /// the database that the migrations run as.
  void setDefaultSettings(const std::map<std::string, std::string> &values);
  /// The schemas of search_path in order, without pg_catalog and pg_temp.
  [[nodiscard]] std::vector<std::string> searchPath() const;

  /// Set once opaque SQL has run: from then on a name that is not known may exist, and a known
  /// object may have changed.
  [[nodiscard]] const Origin *incompleteSince() const;

  /// For apply() and its helpers only.
  [[nodiscard]] const CatalogState &state() const { return *state_; }
  CatalogState &mutableState();

private:
  std::shared_ptr<CatalogState> state_;
};

} // namespace lockstep::catalog
