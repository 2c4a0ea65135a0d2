#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

#include <string>

namespace lockstep::ddl {

/// A constraint after its name, as pg_get_constraintdef gives it (ruleutils.c): "FOREIGN KEY (a)
/// REFERENCES app.p(id) ON DELETE CASCADE NOT VALID".
[[nodiscard]] std::string definitionOf(const Catalog &catalog, const Constraint &constraint);

/// "CONSTRAINT name PRIMARY KEY (a) WITH (…)": as CREATE TABLE and ADD take it, with the storage of
/// its index.
[[nodiscard]] std::string constraintClause(const Catalog &catalog, const Constraint &constraint);

/// "ALTER TABLE app.t ADD CONSTRAINT …". Says ONLY of a key and of a foreign key, but not where a
/// foreign key is a partitioned table's: that cannot be without those of its partitions.
[[nodiscard]] SqlStatement addConstraint(const Catalog &catalog, const Relation &table,
                                         const Constraint &constraint);
/// "ALTER DOMAIN app.d ADD CONSTRAINT …".
[[nodiscard]] SqlStatement addConstraint(const Catalog &catalog, const Type &domain,
                                         const Constraint &constraint);

/// True for a constraint that stands in CREATE TABLE: no foreign key, which may need another table;
/// no CHECK that is NOT VALID, which CREATE TABLE does not keep; no key in a tree of partitions,
/// where each is made alone and attached; not NOT NULL, which is part of its column.
[[nodiscard]] bool standsInTable(const Relation &table, const Constraint &constraint);

} // namespace lockstep::ddl
