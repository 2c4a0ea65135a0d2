#pragma once
#include "catalog/model/catalog.hpp"
#include "evolve/layer.hpp"
#include "ops/data.hpp"

namespace lockstep::evolve {

/// How many rows a statement may change, as far as its text and the catalog tell.
enum class RowBound : uint8_t {
  literal,   ///< As many as it lists: VALUES.
  keyed,     ///< Those of a few given values of a unique key.
  batched,   ///< At most a LIMIT, or one stretch of a key: `id BETWEEN 1 AND 1000`, `id > $1 …
             ///< LIMIT`.
  unbounded, ///< All that a condition (or none) lets through: grows with the table.
};

[[nodiscard]] RowBound rowBoundOf(const Insert &op, const Catalog &catalog);
[[nodiscard]] RowBound rowBoundOf(const Update &op, const Catalog &catalog);
[[nodiscard]] RowBound rowBoundOf(const Delete &op, const Catalog &catalog);
[[nodiscard]] RowBound rowBoundOf(const Merge &op, const Catalog &catalog);

/// True where a conjunct of the condition compares a column with one or a few literals: how many
/// rows that lets through, no file tells.
[[nodiscard]] bool comparesWithLiterals(const Expression *condition);
/// True for pg_class and its like, which hold a row for each object.
[[nodiscard]] bool isSystemCatalog(const QualifiedName &name, const Catalog &catalog);

/// True where the condition is absent (null) or true of each row: `true`, `1 = 1`, `id = id`; with
/// the table also `id IS NOT NULL` of a column that cannot be null.
[[nodiscard]] bool isTautology(const Expression *condition, const Relation *table = nullptr);

} // namespace lockstep::evolve
