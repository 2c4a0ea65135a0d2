#pragma once
#include "engine/layer.hpp"
#include "history/step.hpp"

#include <optional>

namespace lockstep::engine {

/// What the server says when it refuses the step's statement at this op of it; nothing where it is
/// not sure to. A refusal that only follows from an earlier one of the change set (the object was
/// never made, because making it failed) is left out, and so is that of a DO block, which the
/// statement inside it has as well.
[[nodiscard]] std::optional<Refusal> refusalAt(const Step &step, int postgres);

/// True for the refusal of a column's new type for what it is, or for what was built on the old
/// one.
[[nodiscard]] bool refusesTypeChange(const Op &op, const Refusal &refusal);
/// True for the refusal of CONCURRENTLY because the table or index is partitioned.
[[nodiscard]] bool refusesPartitionedIndex(const Op &op, const Refusal &refusal);

} // namespace lockstep::engine
