#pragma once
#include "catalog/change/constraint.hpp"
#include "catalog/layer.hpp"

namespace lockstep::catalog {

/// FOREIGN KEY, a part of addConstraint.
[[nodiscard]] bool addForeignKey(Change &change, ObjectId table, const ConstraintDef &definition,
                                 ConstraintMode mode);
/// Gives the partitions of `table` their part of its foreign key `constraint`.
void cloneForeignKey(Change &change, ObjectId partition, const Constraint &constraint);

} // namespace lockstep::catalog
