#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"
#include "catalog/model/resolve_type.hpp"

#include <string>
#include <vector>

namespace lockstep::catalog {

/// The most columns of a table: MaxHeapAttributeNumber (access/htup_details.h).
inline constexpr size_t max_columns = 1600;

/// The table that a column is built for; it may not be in the catalog yet.
struct ColumnOwner {
  std::string schema;
  std::string table;
  Persistence persistence = Persistence::permanent;
};

/// What building a column leaves to do once its table is there.
struct BuiltColumn {
  Column column;
  std::vector<Reference> references; ///< Of its default.
};

/// Builds a column from its definition: resolves its type, makes the sequence of serial and
/// identity (ownSequence is still due). Its constraints are left out.
[[nodiscard]] bool buildColumn(Change &change, const ColumnOwner &owner,
                               const ColumnDef &definition, BuiltColumn &built);

/// True for DEFAULT NULL, which the server does not keep (AddRelationNewConstraints, heap.c); of a
/// domain it overrides the domain's default.
[[nodiscard]] bool isNullDefault(const Column &column, const SqlExpression &value);
/// Gives a column's default or generation expression to `built`.
void setDefault(const Change &change, BuiltColumn &built, const SqlExpressionPointer &value,
                bool is_generation);

/// Makes the sequence of an identity or serial column; its owner is still to be set.
[[nodiscard]] ObjectId createOwnedSequence(Change &change, const ColumnOwner &owner,
                                           const std::string &column, const TypeName &type,
                                           const std::vector<Option> &options, bool is_identity);
/// Ties the sequence of a column to its table.
void ownSequence(Change &change, ObjectId table, const Column &column);

/// The references of `relation` that belong to a part.
void eraseReferences(Relation &relation, PartKind kind, std::string_view part);
/// Adds what an expression refers to, as a part of `relation`.
void addReferences(const Change &change, Relation &relation, const Expression &expression,
                   PartKind kind, std::string_view part);

} // namespace lockstep::catalog
