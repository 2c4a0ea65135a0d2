#pragma once
#include "catalog/layer.hpp"
#include "catalog/model/catalog.hpp"

#include <string>
#include <utility>
#include <vector>

namespace lockstep::catalog {

/// A reference as dependentsOf tells it, from the side of what refers.
struct OutgoingReference {
  Reference reference;
  DependencyKind kind = DependencyKind::normal;
};

/// Everything that a relation refers to: by its fields and by its expressions (pg_depend's rows for
/// it and its parts).
[[nodiscard]] std::vector<OutgoingReference> referencesOf(const Relation &relation);
[[nodiscard]] std::vector<OutgoingReference> referencesOf(const Type &type);
[[nodiscard]] std::vector<OutgoingReference> referencesOf(const Function &function);

/// What a relation refers to by its fields but not by its parts: parents, what an index or a
/// sequence belongs to. Some may be `none`.
[[nodiscard]] std::vector<ObjectId> ownTargetsOf(const Relation &relation);

/// A column of a query, resolved.
struct ResolvedColumn {
  ObjectId relation = ObjectId::none; ///< None: of a CTE, sub-select, function or unknown relation.
  std::string column;
};

/// What each of Query::columns stands for; parallel to it. A star resolves to its relation and "*".
[[nodiscard]] std::vector<ResolvedColumn> resolveColumns(const Catalog &catalog,
                                                         const Query &query);

/// What the server binds when it stores `query`: relations, their columns, functions and types that
/// the catalog knows.
[[nodiscard]] std::vector<Reference> referencesOf(const Catalog &catalog, const Query &query);
/// The same for an expression: functions, types, sequences that nextval('…') names, and what its
/// sub-selects refer to. Columns of its own relation are not listed.
[[nodiscard]] std::vector<Reference> referencesOf(const Catalog &catalog,
                                                  const Expression &expression);

/// The name in a string constant as to_regclass reads it: 'app."Seq"'; empty if it is none.
[[nodiscard]] QualifiedName parseQualifiedName(std::string_view text);

} // namespace lockstep::catalog
