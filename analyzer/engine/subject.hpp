#pragma once
#include "engine/layer.hpp"
#include "history/step.hpp"

namespace lockstep::engine {

/// True where everything that the op is about was made by the same change set, or is temporary:
/// nothing else can use it yet, so that it can neither be blocked nor broken. False for ops that
/// are about no relation or type, and for unknown names.
[[nodiscard]] bool concernsOnlyNew(const Op &op, const StatementStep &step);

} // namespace lockstep::engine
