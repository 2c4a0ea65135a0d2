#pragma once
#include "catalog/change/constraint.hpp"
#include "catalog/layer.hpp"

namespace lockstep::catalog {

/// UNIQUE, PRIMARY KEY and EXCLUDE, a part of addConstraint.
[[nodiscard]] bool addKey(Change &change, ObjectId table, const ConstraintDef &definition,
                          ConstraintMode mode);
/// Makes the constraint that belongs to an index of a key constraint, and those of its partitions.
void addKeyConstraint(Change &change, ObjectId index, const Constraint &pattern, bool inherited);

} // namespace lockstep::catalog
