#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

namespace lockstep::catalog {

/// An index to be built: of CREATE INDEX or of a constraint.
struct IndexSpec {
  std::string name; ///< Empty: generated.
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  SqlExpressionPointer predicate;
  std::string method = "btree";
  std::string tablespace;
  std::vector<Option> options;
  bool unique = false;
  bool primary = false;
  bool exclusion = false;
  bool is_constraint = false;
  bool nulls_not_distinct = false;
  bool only = false; ///< Not on the partitions, so that a partitioned one stays invalid.
  Origin origin;
};

/// Builds an index and those of the partitions, attached; where a partition has a matching index
/// already, that one is attached. Constraints of the partitions are not made. The table must exist
/// and the name be free. Returns the index.
ObjectId buildIndex(Change &change, ObjectId table, IndexSpec spec);

/// What it takes to build an index like `index` on another table, with a generated name.
[[nodiscard]] IndexSpec specOf(const Relation &index);

/// True where `candidate` could be the partition of `parent` (CompareIndexInfo, catalog/index.c).
[[nodiscard]] bool isMatching(const IndexInfo &parent, const IndexInfo &candidate);
/// The index of `table` that can serve as the partition of `parent` and is no partition yet, or
/// null. `wants_constraint`: it must belong to a constraint of the same kind.
[[nodiscard]] const Relation *findMatching(const Catalog &catalog, const Relation &table,
                                           const Relation &parent);
/// Makes `child` a partition of the index `parent`; the parent becomes valid once it has all.
void attachIndex(Change &change, ObjectId parent, ObjectId child);

/// Plain columns as index elements.
[[nodiscard]] std::vector<IndexElement> elementsOf(const std::vector<std::string> &columns);

} // namespace lockstep::catalog
