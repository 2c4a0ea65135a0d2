#pragma once
#include "catalog/layer.hpp"
#include "catalog/model/state.hpp"
#include "ops/table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::catalog {

/// NAMEDATALEN - 1: longer names are cut.
inline constexpr size_t max_name_bytes = 63;

/// name1_name2_label, the names cut so that it fits (makeObjectName, indexcmds.c). Empty parts are
/// left out.
[[nodiscard]] std::string makeObjectName(std::string_view name1, std::string_view name2,
                                         std::string_view label);
/// The name that no relation of the schema has; with `is_constraint` no constraint either
/// (ChooseRelationName, indexcmds.c).
[[nodiscard]] std::string chooseRelationName(const CatalogState &state, std::string_view name1,
                                             std::string_view name2, std::string_view label,
                                             std::string_view schema, bool is_constraint);
/// The name that no constraint of the schema has (ChooseConstraintName, pg_constraint.c), nor of
/// `own`, which a relation has that is being changed.
[[nodiscard]] std::string chooseConstraintName(const CatalogState &state, std::string_view name1,
                                               std::string_view name2, std::string_view label,
                                               std::string_view schema,
                                               const SharedVector<Constraint> &own = {});
/// "a_b_c" (ChooseIndexNameAddition, indexcmds.c; for foreign keys ChooseForeignKeyConstraintName-
/// Addition, tablecmds.c, is the same).
[[nodiscard]] std::string joinColumnNames(std::span<const std::string> columns);

/// What an index is made for: it decides the label of its name.
enum class IndexPurpose : uint8_t { plain, unique, primary_key, exclusion };
/// The name that CREATE INDEX and index constraints give (ChooseIndexName, indexcmds.c).
[[nodiscard]] std::string chooseIndexName(const CatalogState &state, std::string_view table,
                                          std::string_view schema,
                                          std::span<const IndexElement> elements,
                                          std::span<const std::string> include,
                                          IndexPurpose purpose);

/// The name that the grammar would give a result column (FigureColname, parse_target.c); empty
/// where it has none.
[[nodiscard]] std::string figureColumnName(const Expression &expression);

} // namespace lockstep::catalog
