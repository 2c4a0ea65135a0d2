#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// Checkstyle's XML.
[[nodiscard]] std::string renderCheckstyle(const CheckResult &result, const ReportContext &context);

} // namespace lockstep::report
