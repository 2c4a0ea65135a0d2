#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// A comment for a pull request: at most 65,536 characters, which is what GitHub takes.
[[nodiscard]] std::string renderMarkdown(const CheckResult &result, const ReportContext &context);

} // namespace lockstep::report
