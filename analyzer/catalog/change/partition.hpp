#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

#include <string>

namespace lockstep::catalog {

/// Refuses a table that is known not to be partitioned; one that may be becomes so.
[[nodiscard]] bool requirePartitioned(Change &change, ObjectId table, const QualifiedName &name);
/// Refuses a bound that surely overlaps one of the table's partitions (check_new_partition_bound,
/// partbounds.c). Bounds that are no plain literals are not compared.
[[nodiscard]] bool requireFreeBound(Change &change, ObjectId table, const PartitionBound &bound,
                                    const std::string &partition, Range where);

/// Keeps for the parent which of its partitions is the default one, where this one is.
void noteDefaultPartition(Change &change, ObjectId parent, ObjectId partition);

} // namespace lockstep::catalog
