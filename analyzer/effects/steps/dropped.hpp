#pragma once
#include "catalog/model/dependencies.hpp"
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

#include <string_view>
#include <vector>

namespace lockstep::effects {

/// Locks each relation that goes with the dropped objects or loses a part: the server takes all of
/// them in ACCESS EXCLUSIVE (AcquireDeletionLock, dependency.c). What needs CASCADE is locked, too:
/// without it the server refuses.
void lockDropped(std::vector<Address> objects, Collector &out);
/// The same for one relation.
void lockDropped(const Relation &relation, Collector &out);

/// True where the constraint is about the column: one of its columns, or in its expression.
[[nodiscard]] bool usesColumn(const Constraint &constraint, std::string_view column);

} // namespace lockstep::effects
