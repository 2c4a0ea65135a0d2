#pragma once
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

namespace lockstep::effects {

/// effectsOf, for a statement in code that runs within an op; null: it stands by itself.
[[nodiscard]] StatementEffects describeStatement(const Statement &statement, const Catalog &before,
                                                 const EffectOptions &options, Calls *calls);

} // namespace lockstep::effects
