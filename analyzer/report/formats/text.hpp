#pragma once
#include "config/config.hpp"
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// For people: each finding with its place, the marked source, help and related places; then
/// notices, numbers, counts per rule and next steps.
[[nodiscard]] std::string renderText(const CheckResult &result, const ReportContext &context);

/// One line a finding, as compilers print them: "file:line:col: error: message [rule]".
[[nodiscard]] std::string renderConcise(const CheckResult &result, const ReportContext &context);

/// What is wrong with a configuration: each problem with its place.
[[nodiscard]] std::string renderProblems(const ConfigReading &reading);

} // namespace lockstep::report
