#pragma once
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

namespace lockstep::effects {

/// A partition with this bound comes to `parent`: the DEFAULT partition gives up those rows, which
/// must not be there.
void describeDefaultPartition(const Relation &parent, const PartitionBound &bound, Collector &out);
/// Locks the tables whose foreign keys reference a partitioned table: these get triggers on the new
/// partition.
void lockReferencing(const Relation &parent, LockMode mode, Collector &out);

} // namespace lockstep::effects
