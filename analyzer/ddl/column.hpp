#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

#include <string>

namespace lockstep::ddl {

/// A column by itself, from its name on, without what other objects say of it: "id bigint DEFAULT 0
/// NOT NULL". Good for comparing and showing; statements take columnDefinition.
[[nodiscard]] std::string definitionOf(const Column &column);

/// A column of `table` as CREATE TABLE and ADD COLUMN take it: with the options of its identity
/// and, from PostgreSQL 18 on, the name of its NOT NULL where the server would generate another
/// one. Keys and CHECKs are not part of it. text stands in for a type that is not known.
[[nodiscard]] std::string columnDefinition(const Catalog &catalog, const Relation &table,
                                           const Column &column, int postgres,
                                           bool with_default = true);
/// What a typed table (CREATE TABLE … OF) says of a column beyond its type; empty for nothing.
[[nodiscard]] std::string typedColumnDefinition(const Catalog &catalog, const Relation &table,
                                                const Column &column, int postgres);

/// "ALTER TABLE app.t ADD COLUMN …".
[[nodiscard]] SqlStatement addColumn(const Catalog &catalog, const Relation &table,
                                     const Column &column, int postgres);
/// "ALTER TABLE ONLY app.t ALTER COLUMN c SET DEFAULT …"; DROP DEFAULT where it has none.
[[nodiscard]] SqlStatement setDefault(const Relation &table, const Column &column);
/// SET STORAGE, COMPRESSION, STATISTICS and (n_distinct = …), which follow the definition: that
/// takes only the first two, and storage from PostgreSQL 16 on.
[[nodiscard]] SqlStatements columnSettings(const Relation &table, const Column &column);

/// True for a column that a table has from its parents alone. A partition is made alone and
/// attached later, so that it keeps its own order of columns: it inherits none.
[[nodiscard]] bool isInherited(const Relation &table, const Column &column);
/// What an inherited column has of its own: another default, NOT NULL.
[[nodiscard]] SqlStatements columnOverrides(const Catalog &catalog, const Relation &table,
                                            const Column &column);

} // namespace lockstep::ddl
