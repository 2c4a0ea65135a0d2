#pragma once
#include "report/context.hpp"

#include <string>

namespace lockstep {

/// JUnit XML: a failure for each finding, a passing test for each file without any.
[[nodiscard]] std::string renderJunit(const CheckResult &result, const ReportContext &context);

} // namespace lockstep
