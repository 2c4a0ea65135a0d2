#pragma once
#include "base/rare.hpp"
#include "base/shared_vector.hpp"
#include "catalog/layer.hpp"
#include "catalog/model/object.hpp"
#include "catalog/model/privileges.hpp"
#include "ops/alter_table.hpp"
#include "ops/function.hpp"
#include "ops/object.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lockstep::catalog {

/// pg_class.relkind, as far as SQL can make it.
enum class RelationKind : uint8_t {
  table,
  partitioned_table,
  foreign_table,
  view,
  materialized_view,
  index,
  partitioned_index,
  sequence,
  composite_type,
};

struct Column {
  std::string name;
  TypeName type;                     ///< Resolved: schema is "pg_catalog" or the type's own.
  ObjectId type_id = ObjectId::none; ///< A type of this catalog; none: built in or unknown.
  Rare<QualifiedName> collation;
  bool not_null = false;
  bool not_null_valid = true; ///< False while NOT NULL is NOT VALID (18).
  SqlExpressionPointer default_value;
  Generated generated = Generated::none;
  SqlExpressionPointer generation;
  Identity identity = Identity::none;
  ObjectId sequence = ObjectId::none; ///< The sequence that serial or identity owns.
  bool is_serial = false;             ///< Made by a serial pseudo-type.
  bool is_local = true;
  int inherited = 0; ///< How many parents define it.
  Rare<std::string> storage;
  Rare<std::string> compression;
  Rare<std::string> statistics;      ///< SET STATISTICS; empty: the default.
  Rare<std::vector<Option>> options; ///< SET (n_distinct = …); of a foreign table its OPTIONS.
  Rare<std::string> comment;
  PrivilegesPointer privileges;
  Origin origin;
};

struct Constraint {
  std::string name;
  ConstraintKind kind = ConstraintKind::check;
  std::vector<std::string> columns;
  SqlExpressionPointer expression;               ///< CHECK; predicate of EXCLUDE.
  ObjectId index = ObjectId::none;               ///< Of UNIQUE, PRIMARY KEY and EXCLUDE.
  ObjectId referenced = ObjectId::none;          ///< FOREIGN KEY; none where the target is unknown.
  Rare<QualifiedName> referenced_name;           ///< As resolved, or as written where unknown.
  std::vector<std::string> referenced_columns;   ///< Filled in from the primary key where omitted.
  Rare<std::vector<std::string>> delete_columns; ///< ON DELETE SET NULL (…).
  ObjectId referenced_index = ObjectId::none;    ///< The unique index that the key relies on.
  char on_delete = 'a';
  char on_update = 'a';
  char match = 's';
  bool valid = true;
  bool enforced = true;
  bool deferrable = false;
  bool initially_deferred = false;
  bool no_inherit = false;
  bool nulls_not_distinct = false;
  bool without_overlaps = false;
  bool is_local = true;
  int inherited = 0;
  bool name_generated = false;
  Rare<std::string> comment;
  Origin origin;    ///< Where it was added.
  Origin validated; ///< Where it became valid, if by VALIDATE.
};

struct Trigger {
  std::string name;
  QualifiedName function;
  ObjectId function_id = ObjectId::none;
  CreateTrigger definition;
  char enabled = 'O';               ///< pg_trigger.tgenabled: 'O', 'D', 'R', 'A'.
  ObjectId parent = ObjectId::none; ///< The partitioned table that it was cloned from.
  std::string comment;
  Origin origin;
};

struct Policy {
  std::string name;
  CreatePolicy definition;
  std::string comment;
  Origin origin;
};

struct RewriteRule {
  std::string name;
  CreateRule definition;
  char enabled = 'O';
  std::string comment;
  Origin origin;
};

/// The part of a relation that refers to something.
enum class PartKind : uint8_t { whole, column, default_value, constraint, trigger, policy, rule };

/// What an expression or a query of a relation refers to, bound to its identity as the server binds
/// it when the statement runs. References that other fields tell (column types, foreign keys,
/// parents, trigger functions …) are not repeated.
struct Reference {
  ObjectId target = ObjectId::none;
  std::string column; ///< Of the target; empty: the target as a whole.
  PartKind part_kind = PartKind::whole;
  std::string part; ///< The column, constraint, … that refers.
};

/// What only an index has.
struct IndexInfo {
  ObjectId table = ObjectId::none;
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  SqlExpressionPointer predicate;
  std::string method = "btree";
  bool unique = false;
  bool primary = false;
  bool valid = true;
  bool nulls_not_distinct = false;
  bool clustered = false;
  bool replica_identity = false;
  std::string constraint;           ///< Name of the constraint that owns it, if any.
  ObjectId parent = ObjectId::none; ///< The partitioned index that it is attached to.
};

/// What only a sequence has.
struct SequenceInfo {
  TypeName type;
  std::vector<Option> options;
  ObjectId owner = ObjectId::none; ///< Owning table.
  std::string owner_column;
  bool is_identity = false;
};

/// A row-bearing or named relation of the catalog (what pg_class holds). Values are immutable once
/// in a catalog: a change makes a new one.
struct Relation {
  ObjectId id = ObjectId::none;
  RelationKind kind = RelationKind::table;
  std::string schema;
  std::string name;
  Persistence persistence = Persistence::permanent;
  /// Its definition was never seen: columns, constraints and indexes are only those that statements
  /// mentioned, and others may exist.
  bool partial = false;
  /// Rows may be there: true for what is old, and once a statement put rows into a new one.
  bool populated = false;
  SharedVector<Column> columns;
  SharedVector<Constraint> constraints;
  SharedVector<ObjectId> indexes;
  SharedVector<Trigger> triggers;
  SharedVector<Policy> policies;
  SharedVector<RewriteRule> rules;
  SharedVector<Reference> references;
  /// Names that DROP or RENAME COLUMN took from a partial relation: these are known to be absent.
  SharedVector<std::string> dropped_columns;

  std::vector<ObjectId> parents;   ///< Inheritance parents, or the one partitioned table.
  SharedVector<ObjectId> children; ///< Inheritance children or partitions.
  /// What was last made its default partition, and may be none any more: see
  /// Catalog::defaultPartition.
  ObjectId default_partition = ObjectId::none;
  Rare<PartitionBy> partition_by;
  bool is_partition = false;
  Rare<PartitionBound> bound; ///< Of a partition.

  std::shared_ptr<const IndexInfo> index;
  std::shared_ptr<const SequenceInfo> sequence;
  std::shared_ptr<const Query> query; ///< Of a view, materialized view.
  Rare<std::string> access_method;
  Rare<std::string> tablespace;
  Rare<std::vector<Option>> options;
  Rare<std::string> owner;
  Rare<std::string> server; ///< Of a foreign table.
  Rare<TypeName> of_type;
  char on_commit = 'p';
  bool row_security = false;
  bool force_row_security = false;
  char replica_identity = 'd'; ///< pg_class.relreplident: default, 'n'othing, 'f'ull, 'i'ndex.
  char check_option = 'n';     ///< Of a view.
  SearchPath search_path;      ///< When it was made.
  PrivilegesPointer privileges;
  Rare<std::string> comment;
  Origin origin;
  std::shared_ptr<const IndexedRelation> indexed; ///< For Change alone; null: nothing.

  [[nodiscard]] std::string qualifiedName() const; ///< schema.name, each quoted where needed.
  [[nodiscard]] const Column *findColumn(std::string_view column) const;
  [[nodiscard]] const Constraint *findConstraint(std::string_view constraint) const;
  [[nodiscard]] const Constraint *primaryKey() const;
  [[nodiscard]] const Trigger *findTrigger(std::string_view trigger) const;
  [[nodiscard]] const Policy *findPolicy(std::string_view policy) const;
  [[nodiscard]] bool isIndex() const {
    return kind == RelationKind::index || kind == RelationKind::partitioned_index;
  }
  /// Has rows of its own kind: tables, partitioned and foreign tables, materialized views.
  [[nodiscard]] bool holdsRows() const;
};

/// As messages say it: "table", "partitioned table", "view".
[[nodiscard]] std::string_view name(RelationKind kind);
/// The columns that an index is about: keys, INCLUDE, expressions and predicate.
[[nodiscard]] bool usesColumn(const IndexInfo &index, std::string_view column);

} // namespace lockstep::catalog
