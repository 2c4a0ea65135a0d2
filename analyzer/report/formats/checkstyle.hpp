#pragma once
#include "report/context.hpp"

#include <string>

namespace lockstep {

/// Checkstyle's XML.
[[nodiscard]] std::string renderCheckstyle(const CheckResult &result, const ReportContext &context);

} // namespace lockstep
