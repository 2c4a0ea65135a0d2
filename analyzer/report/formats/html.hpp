#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// One page that needs nothing else: no script, no font, no network.
[[nodiscard]] std::string renderHtml(const CheckResult &result, const ReportContext &context);

} // namespace lockstep::report
