#pragma once
#include "catalog/catalog.hpp"

#include <string>

namespace lockstep {

/// A column as CREATE TABLE and ADD COLUMN write it, from its name on: "id bigint NOT NULL DEFAULT
/// 0". Keys and CHECKs are not part of it.
[[nodiscard]] std::string definitionOf(const Column &column);

/// A constraint as ADD CONSTRAINT writes it after the name, as pg_get_constraintdef does: "FOREIGN
/// KEY (a) REFERENCES app.p(id) ON DELETE CASCADE NOT VALID".
[[nodiscard]] std::string definitionOf(const Catalog &catalog, const Constraint &constraint);

/// The statement that makes an index, as pg_get_indexdef gives it: "CREATE UNIQUE INDEX i ON app.t
/// USING btree (a)".
[[nodiscard]] std::string indexDefinition(const Catalog &catalog, const Relation &index);

/// An index's elements in parentheses, with INCLUDE: "(a, lower(b)) INCLUDE (c)".
[[nodiscard]] std::string elementsText(const IndexInfo &index);

/// Names, quoted where needed, with commas: "a, b".
[[nodiscard]] std::string columnList(const std::vector<std::string> &columns);

/// Options in the form of WITH (…): "fillfactor=70, autovacuum_enabled=false".
[[nodiscard]] std::string optionList(const std::vector<Option> &options);

/// "RANGE (a, lower(b))".
[[nodiscard]] std::string partitionKey(const PartitionBy &partition_by);

} // namespace lockstep
