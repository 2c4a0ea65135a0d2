#pragma once
#include "catalog/model/catalog.hpp"
#include "effects/layer.hpp"

namespace lockstep::effects {

/// True where what `table` guarantees (valid CHECKs, NOT NULL) proves that its rows are within the
/// bound, and within those of the partitioned tables above `parent`: ATTACH then reads no row
/// (ConstraintImpliedByRelConstraint, tablecmds.c).
[[nodiscard]] bool boundIsImplied(const Relation &table, const Relation &parent,
                                  const PartitionBound &bound, const Catalog &catalog);
/// True where a DEFAULT partition's own constraints prove that none of its rows belongs within the
/// bound.
[[nodiscard]] bool boundIsExcluded(const Relation &default_partition, const Relation &parent,
                                   const PartitionBound &bound, const Catalog &catalog);
/// True where no row that meets the condition can be in the partition: the planner leaves it alone
/// (prune_append_rel_partitions, partprune.c).
[[nodiscard]] bool isPruned(const Relation &partition, const Relation &parent,
                            const Expression &condition, const Catalog &catalog);

} // namespace lockstep::effects
