#pragma once
#include "catalog/model/apply_result.hpp"
#include "effects/layer.hpp"
#include "ops/op.hpp"

#include <optional>

namespace lockstep::effects {

/// What the server says to syntax that its version does not know and the parser here, that of a
/// later one, accepts (42601); absent where it knows all of it. Where each was introduced, the
/// release notes of that version say.
[[nodiscard]] std::optional<Refusal> refusedSyntax(const Op &op, int postgres);

} // namespace lockstep::effects
