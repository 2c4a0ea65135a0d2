#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// SARIF 2.1.0 with what GitHub code scanning requires beyond the schema.
[[nodiscard]] std::string renderSarif(const CheckResult &result, const ReportContext &context);

} // namespace lockstep::report
