#pragma once
#include "engine/layer.hpp"
#include "history/step.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace lockstep::engine {

/// A column that CREATE TABLE or ADD COLUMN defines.
struct AddedColumn {
  const QualifiedName *table = nullptr;
  const ColumnDef *column = nullptr;
};
[[nodiscard]] std::vector<AddedColumn> columnsAddedBy(const Op &op);

/// A constraint that CREATE TABLE, ADD COLUMN or ADD CONSTRAINT adds, inline or not.
struct AddedConstraint {
  const QualifiedName *table = nullptr;
  const ConstraintDef *constraint = nullptr;
};
[[nodiscard]] std::vector<AddedConstraint> constraintsAddedBy(const Op &op);

/// A type that a column gets: by its definition or by ALTER COLUMN TYPE.
struct GivenType {
  const QualifiedName *table = nullptr;
  std::string_view column;
  const TypeName *type = nullptr;
  Range where; ///< The definition, or the subcommand.
};
[[nodiscard]] std::vector<GivenType> typesGivenBy(const Op &op);

/// True where `type` is the built-in type of that name, whatever its modifiers; arrays are not.
[[nodiscard]] bool isBuiltin(const TypeName &type, std::string_view name);

/// Where the statement's first `word` outside of quotes and comments ends in the file: where a fix
/// puts CONCURRENTLY. Nothing inside a DO block, whose text may not stand in the file as it is.
[[nodiscard]] std::optional<uint32_t> endOfWord(const StatementStep &step, std::string_view word);

/// True where the index can be used to find rows by `columns`: valid, without a predicate, and they
/// are its first columns in any order.
[[nodiscard]] bool leadsWith(const IndexInfo &index, const std::vector<std::string> &columns);

} // namespace lockstep::engine
