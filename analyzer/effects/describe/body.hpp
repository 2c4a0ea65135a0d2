#pragma once
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

namespace lockstep::effects {

/// What a call of a function of the history does: its body's statements, and those of the functions
/// that these call.
void runFunction(const FunctionUse &use, Collector &out);
/// What the code of a DO block, function or procedure does, statement by statement.
void runBody(const Body &body, Collector &out);

} // namespace lockstep::effects
