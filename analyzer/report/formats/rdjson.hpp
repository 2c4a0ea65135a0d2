#pragma once
#include "report/context.hpp"

#include <string>

namespace lockstep {

/// reviewdog's diagnostic format; its columns count bytes.
[[nodiscard]] std::string renderRdjson(const CheckResult &result, const ReportContext &context);

} // namespace lockstep
