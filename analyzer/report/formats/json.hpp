#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// The stable document of schemas/check.schema.json.
[[nodiscard]] std::string renderJson(const CheckResult &result, const ReportContext &context);

/// One object a line: each finding, each notice, and the summary last, told apart by `type`.
[[nodiscard]] std::string renderJsonLines(const CheckResult &result, const ReportContext &context);

} // namespace lockstep::report
