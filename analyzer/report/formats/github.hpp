#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// Workflow commands that GitHub Actions turns into annotations.
[[nodiscard]] std::string renderGithub(const CheckResult &result, const ReportContext &context);

} // namespace lockstep::report
