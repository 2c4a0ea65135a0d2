#pragma once
#include "catalog/model/generated_names.hpp"
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

#include <string>
#include <vector>

namespace lockstep::effects {

/// What an index is on: all that decides whether another one can stand in for it.
struct IndexShape {
  std::vector<IndexElement> elements;
  std::vector<std::string> include;
  const SqlExpression *predicate = nullptr;
  std::string method = "btree";
  bool unique = false;
  bool nulls_not_distinct = false;
  IndexPurpose purpose = IndexPurpose::plain;

  [[nodiscard]] bool isConstraint() const { return purpose != IndexPurpose::plain; }
};

[[nodiscard]] IndexShape shapeOf(const CreateIndex &index);
/// Of UNIQUE, PRIMARY KEY and EXCLUDE.
[[nodiscard]] IndexShape shapeOf(const ConstraintDef &constraint);
[[nodiscard]] IndexShape shapeOf(const Relation &index);

/// The index of `table` that has this shape, belongs to no partitioned index and, where the shape
/// is a constraint's, to a constraint; or null. It is attached instead of building another
/// (CompareIndexInfo, index.c).
[[nodiscard]] const Relation *matchingIndex(const IndexShape &shape, const Relation &table,
                                            const Catalog &catalog);

/// The name that the server would choose.
[[nodiscard]] std::string indexNameOn(const IndexShape &shape, const Place &table,
                                      const Catalog &catalog);

/// Builds the index on a table; on a partitioned one also on its partitions, which are taken in
/// SHARE mode, and whose own matching indexes are used (DefineIndex, indexcmds.c). An empty name is
/// chosen as the server does. The table's own lock is the caller's affair.
void buildIndexTree(const IndexShape &shape, const std::string &name, const Place &table, bool only,
                    Collector &out);

/// Builds on `partition` what it lacks of the parent's indexes, without reading the rows of a table
/// that is new (AttachPartitionEnsureIndexes, tablecmds.c; DefineRelation).
void buildMissingIndexes(const Relation &parent, const Place &partition, bool is_new,
                         Collector &out);

} // namespace lockstep::effects
