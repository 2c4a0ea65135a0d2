#pragma once
#include "report/context.hpp"

#include <string>

namespace lockstep {

/// Workflow commands that GitHub Actions turns into annotations.
[[nodiscard]] std::string renderGithub(const CheckResult &result, const ReportContext &context);

} // namespace lockstep
