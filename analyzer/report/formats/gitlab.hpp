#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// GitLab's Code Quality report.
[[nodiscard]] std::string renderGitlab(const CheckResult &result, const ReportContext &context);

} // namespace lockstep::report
