#pragma once
#include "catalog/change/constraint.hpp"

namespace lockstep {

/// FOREIGN KEY, a part of addConstraint.
[[nodiscard]] bool addForeignKey(Change &change, ObjectId table, const ConstraintDef &definition,
                                 ConstraintMode mode);
/// Gives the partitions of `table` their part of its foreign key `constraint`.
void cloneForeignKey(Change &change, ObjectId partition, const Constraint &constraint);

} // namespace lockstep
