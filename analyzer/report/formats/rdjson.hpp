#pragma once
#include "report/context.hpp"
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// reviewdog's diagnostic format; its columns count bytes.
[[nodiscard]] std::string renderRdjson(const CheckResult &result, const ReportContext &context);

} // namespace lockstep::report
