#pragma once
#include "report/context.hpp"

#include <string>

namespace lockstep {

/// GitLab's Code Quality report.
[[nodiscard]] std::string renderGitlab(const CheckResult &result, const ReportContext &context);

} // namespace lockstep
