#include "effects/steps/partition_keys.hpp"

#include "base/text.hpp"
#include "effects/facts/partition_bound.hpp"

namespace lockstep::effects {

void describeDefaultPartition(const Relation &parent, const PartitionBound &bound, Collector &out) {
  const Relation *fallback = bound.is_default ? nullptr : out.catalog().defaultPartition(parent);
  if (!fallback)
    return;
  for (const Place &place : out.withDescendants(Collector::at(*fallback))) {
    out.lock(place, LockMode::access_exclusive, LockReason::default_partition);
    if (!place.hasRows())
      continue;
    if (boundIsExcluded(*place.relation, parent, bound, out.catalog()))
      out.prove(format("the default partition {} needs no scan: its constraints exclude the bound",
                       place.name()));
    else
      out.scan(place, ScanReason::default_partition_bound);
  }
}

void lockReferencing(const Relation &parent, LockMode mode, Collector &out) {
  for (const Catalog::ForeignKey &key : out.catalog().foreignKeysTo(parent))
    if (key.table != &parent)
      out.lock(*key.table, mode, LockReason::referenced);
}

} // namespace lockstep::effects
