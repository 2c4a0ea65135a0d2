#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// For people: each finding with its place, the marked source, help and related places; then
/// notices, numbers, counts per rule and next steps.
[[nodiscard]] std::string renderText(const CheckResult &result, const ReportContext &context);

/// One line a finding, as compilers print them: "file:line:col: error: message [rule]".
[[nodiscard]] std::string renderConcise(const CheckResult &result, const ReportContext &context);

/// What is wrong at a place of a file that is no migration: the configuration.
[[nodiscard]] std::string renderProblem(const SourceFile &file, Range where,
                                        std::string_view message);

} // namespace lockstep::report
