#pragma once
#include "catalog/model/catalog.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

#include <string>
#include <vector>

namespace lockstep::ddl {

/// What CREATE TABLE leaves to statements that follow it.
struct Deferred {
  std::vector<std::string> columns; ///< With the checks that mention them: addDeferredColumns.
  /// Defaults and checks, which may call functions that need the table: addDeferredCalls.
  bool calls = false;
};

/// CREATE TABLE, and CREATE FOREIGN TABLE, with columns, checks and keys (standsInTable). A
/// partition is made as a table of its own; joinParents attaches it.
[[nodiscard]] SqlStatement createTable(const Catalog &catalog, const Relation &table, int postgres,
                                       const Deferred &deferred = {});
/// One ALTER TABLE for the columns that createTable left out.
[[nodiscard]] SqlStatements addDeferredColumns(const Catalog &catalog, const Relation &table,
                                               int postgres, const Deferred &deferred);
/// The defaults and checks that createTable left out.
[[nodiscard]] SqlStatements addDeferredCalls(const Catalog &catalog, const Relation &table,
                                             const Deferred &deferred);

/// ATTACH PARTITION, or INHERIT for each parent that CREATE TABLE did not name.
[[nodiscard]] SqlStatements joinParents(const Catalog &catalog, const Relation &table);
/// REPLICA IDENTITY and CLUSTER ON: what only a table with its indexes takes.
[[nodiscard]] SqlStatements indexRoles(const Catalog &catalog, const Relation &table);

/// Whether the parents' columns come first, as INHERITS puts them: else the parents are named by
/// ALTER TABLE INHERIT, which leaves the table as it is.
[[nodiscard]] bool inheritsAtOnce(const Relation &table);
/// True for a partitioned table and for a partition.
[[nodiscard]] bool isInPartitionTree(const Relation &table);
/// What PARTITION BY says: "RANGE (a, lower(b))".
[[nodiscard]] std::string partitionKey(const PartitionBy &partition_by);

} // namespace lockstep::ddl
