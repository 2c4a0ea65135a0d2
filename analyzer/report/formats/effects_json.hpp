#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"
#include "session/effects_result.hpp"

#include <string>

namespace lockstep::report {

/// The stable document of schemas/effects.schema.json.
[[nodiscard]] std::string renderEffectsJson(const EffectsResult &result,
                                            const ReportContext &context);

} // namespace lockstep::report
