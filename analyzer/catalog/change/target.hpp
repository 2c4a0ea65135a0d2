#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"
#include "catalog/model/resolve_type.hpp"
#include "ops/alter_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::catalog {

/// What looking for the object of a statement came to.
struct Target {
  ObjectId id = ObjectId::none; ///< None: refused, or nothing to do (IF EXISTS).
  bool refused = false;
};

/// How a message names a relation: as the statement does.
[[nodiscard]] std::string messageName(const QualifiedName &name);

/// The relation that a statement works on. One that is unknown becomes a partial relation of
/// `kind`; one that is absent is refused as `noun` "x" does not exist, unless `if_exists`.
[[nodiscard]] Target findTarget(Change &change, const QualifiedName &name, RelationKind kind,
                                bool if_exists, std::string_view noun = "relation");
/// The relation of ALTER …, refused where it is of another kind than the statement says.
[[nodiscard]] Target findTarget(Change &change, const AlterTarget &target);

/// What the kind that a statement names makes of a relation that was never seen.
[[nodiscard]] RelationKind relationKindOf(ObjectKind kind);
/// Whether ALTER `kind` may name such a relation.
[[nodiscard]] bool isOfKind(const Relation &relation, ObjectKind kind);
/// Refuses a relation of the wrong kind: "v" is not a table.
bool refuseKind(Change &change, const QualifiedName &name, ObjectKind wanted);

/// Refuses a new relation, index or sequence whose name is taken; also by a type. `id` is set to a
/// relation that may be there and gives way to the new one, keeping its identity.
[[nodiscard]] bool requireFreeName(Change &change, const QualifiedName &resolved, Range where,
                                   ObjectId &replaced);
/// Refuses a schema that was dropped.
[[nodiscard]] bool requireSchema(Change &change, const QualifiedName &name);
/// Where CREATE puts a relation.
[[nodiscard]] QualifiedName creationName(const Change &change, const QualifiedName &name,
                                         Persistence persistence = Persistence::permanent);

// --- Parts of a relation ---

[[nodiscard]] Column *findColumn(Relation &relation, std::string_view name);
[[nodiscard]] Constraint *findConstraint(Relation &relation, std::string_view name);
/// The column, which is added without a type where the relation is not fully known.
[[nodiscard]] Column &ensureColumn(Relation &relation, std::string_view name);
/// Refuses a column that is known not to exist: column "x" of relation "t" does not exist.
[[nodiscard]] bool requireColumn(Change &change, const Relation &relation, std::string_view column,
                                 Range where);
/// The same with other words, "{}" being the column.
[[nodiscard]] bool requireColumns(Change &change, const Relation &relation,
                                  const std::vector<std::string> &columns, Range where,
                                  std::string_view message);

/// resolveType, refusing a type that is known not to exist.
[[nodiscard]] bool resolveType(Change &change, const TypeName &type, ResolvedType &resolved);

} // namespace lockstep::catalog
