#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// JUnit XML: a failure for each finding, a passing test for each file without any.
[[nodiscard]] std::string renderJunit(const CheckResult &result, const ReportContext &context);

} // namespace lockstep::report
