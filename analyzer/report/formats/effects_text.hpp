#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"
#include "session/effects_result.hpp"

#include <string>

namespace lockstep::report {

/// Per unit what each statement locks, rewrites, reads and builds, then which locks pile up until
/// its transaction ends. Locks on indexes that the lock on their table covers are counted only.
[[nodiscard]] std::string renderEffectsText(const EffectsResult &result,
                                            const ReportContext &context);

} // namespace lockstep::report
