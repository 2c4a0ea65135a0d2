#pragma once
#include "history/timeline.hpp"

namespace lockstep {

/// True where, after `step` and before its transaction ends, the change set makes a view or table
/// under the name that the relation had when the transaction began: code that uses the old name
/// goes on working. Where the execution model is unknown, the same unit counts as the same
/// transaction.
[[nodiscard]] bool isReplacedInTransaction(const Step &step, const QualifiedName &relation);

} // namespace lockstep
