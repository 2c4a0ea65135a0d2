#pragma once
#include "base/pg/version.hpp"
#include "catalog/model/catalog.hpp"
#include "effects/layer.hpp"
#include "ops/data.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::effects {

/// A relation that an effect is about. Unknown relations have only a name.
struct EffectTarget {
  ObjectId id = ObjectId::none;
  std::string name; ///< "public.users": qualified, quoted where needed, as the catalog resolves it.

  friend bool operator==(const EffectTarget &a, const EffectTarget &b) { return a.name == b.name; }
};

/// Why a statement takes a lock; told to the user where the relation is not the one named.
enum class LockReason : uint8_t {
  target,     ///< The statement names it.
  referenced, ///< The other side of a foreign key.
  partition,  ///< A partition or child of the target.
  parent,     ///< The table that the target is a partition or child of.
  default_partition,
  index,     ///< An index of a locked table.
  dependent, ///< A view, sequence or table that depends on the target.
  read,      ///< Read by a query of the statement.
};

struct Lock {
  EffectTarget relation;
  LockMode mode = LockMode::none;
  LockReason reason = LockReason::target;
};

enum class RewriteReason : uint8_t {
  type_change,
  volatile_default,
  serial,
  identity,
  stored_generated,
  constrained_domain,
  persistence, ///< SET LOGGED, SET UNLOGGED.
  access_method,
  tablespace,
  vacuum_full,
  cluster,
  truncate,
  refresh,
  other,
};

struct Rewrite {
  EffectTarget relation;
  RewriteReason reason = RewriteReason::other;
};

struct IndexBuild {
  EffectTarget index;
  EffectTarget table;
  bool rebuild = false; ///< An existing index is made again.
};

enum class ScanReason : uint8_t {
  not_null,
  check,
  foreign_key,
  partition_bound,
  default_partition_bound,
  domain,
  index_build,
  exclusion,
  query,
  other,
};

struct Scan {
  EffectTarget relation;
  ScanReason reason = ScanReason::other;
  std::string constraint; ///< The constraint that is checked, where it has a name.
};

/// How the time that a statement needs grows.
enum class Duration : uint8_t {
  instant, ///< Catalog work only.
  rows,    ///< With the rows of a table.
  unknown,
};

[[nodiscard]] std::string_view name(Duration duration);

/// What one op does on a given catalog. An empty Effects does nothing to any relation.
struct Effects {
  std::vector<Lock> locks; ///< One a relation, its strongest mode; sorted by name.
  std::vector<Rewrite> rewrites;
  std::vector<IndexBuild> index_builds;
  std::vector<Scan> scans;
  bool in_transaction = true; ///< False: the server refuses it inside a transaction block.
  /// Relations of which the statement reads or writes all rows or an unbounded set by DML.
  Duration duration = Duration::instant;
  std::vector<std::string> proofs;      ///< Why a costly step is not needed: "CHECK t_c is valid".
  std::vector<std::string> assumptions; ///< What was assumed about unknown objects.

  [[nodiscard]] LockMode lockOn(std::string_view relation) const; ///< By EffectTarget::name.
  [[nodiscard]] bool rewritesTable(std::string_view relation) const;
  [[nodiscard]] const Rewrite *rewriteOf(std::string_view relation) const;
  [[nodiscard]] const Scan *scanOf(std::string_view relation) const;
  /// The strongest mode on any relation.
  [[nodiscard]] LockMode strongest() const;
};

/// What a statement does: per op, and all together.
struct StatementEffects {
  std::vector<Effects> per_op; ///< Parallel to Statement::ops.
  /// Unset where there is one op, whose effects are all.
  std::optional<Effects> joint = Effects();

  [[nodiscard]] const Effects &total() const { return joint ? *joint : per_op.front(); }
};

struct EffectOptions {
  int postgres = default_postgres;
  /// Value of the session's TimeZone where the history does not set it; empty: unknown, then the
  /// worse case is assumed and named.
  std::string time_zone{};
};

} // namespace lockstep::effects
