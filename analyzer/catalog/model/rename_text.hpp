#pragma once
#include "catalog/layer.hpp"
#include "ops/expression.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::catalog {

/// The expression with references to a column of its own table under the new name, in its tree and
/// in its text; the same pointer where it has none. `table` is the name that may qualify it.
[[nodiscard]] SqlExpressionPointer renameColumnIn(const SqlExpressionPointer &expression,
                                                  std::string_view table, std::string_view column,
                                                  std::string_view new_name);

/// The expression with the table's name as a qualifier replaced.
[[nodiscard]] SqlExpressionPointer renameTableIn(const SqlExpressionPointer &expression,
                                                 std::string_view table, std::string_view new_name);

/// The query with a column of one of its relations renamed; `meant` is parallel to Query::columns.
/// A result column keeps its name.
[[nodiscard]] std::shared_ptr<const Query>
renameColumnIn(const Query &query, const std::vector<bool> &meant, std::string_view new_name);

/// The query with a relation renamed or moved: `meant` is parallel to Query::relations.
[[nodiscard]] std::shared_ptr<const Query>
renameRelationIn(const Query &query, const std::vector<bool> &meant, const QualifiedName &new_name);

/// The query with string literals of one value replaced by another; the same where it has none.
[[nodiscard]] std::shared_ptr<const Query>
renameLiteralIn(const Query &query, std::string_view value, std::string_view new_value);

/// What a star of a query stands for.
struct StarExpansion {
  size_t column = 0;              ///< Index of the star into Query::columns.
  std::vector<ColumnUse> columns; ///< In its place; where they stand is filled in.
  std::vector<std::string> texts; ///< Parallel to `columns`: as written.
};
/// The query with stars replaced by what they stand for, as the server stores it.
[[nodiscard]] Query expandStars(const Query &query, const std::vector<StarExpansion> &stars);

/// A statement's text with the name of the table that it is about replaced; the statement began at
/// `where`, the name stands at `name.where`. Both become positions in the text.
void renameTableIn(std::string &text, Range &where, QualifiedName &name,
                   const QualifiedName &new_name);

} // namespace lockstep::catalog
