#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

#include <string>
#include <vector>

namespace lockstep::ddl {

/// The statement that makes an index, as pg_get_indexdef gives it (ruleutils.c): "CREATE UNIQUE
/// INDEX i ON app.t USING btree (a)". ONLY of a partitioned index: those of the partitions are made
/// by themselves and attached.
[[nodiscard]] SqlStatement createIndex(const Catalog &catalog, const Relation &index,
                                       bool concurrently = false);
/// "ALTER INDEX … ATTACH PARTITION …", of an index that is part of a partitioned one.
[[nodiscard]] SqlStatements attachIndex(const Catalog &catalog, const Relation &index);

/// Elements with commas: "a, lower(b) DESC"; with `with_operators` as EXCLUDE has them: "a WITH
/// &&".
[[nodiscard]] std::string elementList(const std::vector<IndexElement> &elements,
                                      bool with_operators = false);
/// An index's elements in parentheses, with INCLUDE: "(a, lower(b)) INCLUDE (c)".
[[nodiscard]] std::string elementsText(const IndexInfo &index, bool with_operators = false);

} // namespace lockstep::ddl
