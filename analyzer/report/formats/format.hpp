#pragma once
#include "report/channel.hpp"
#include "report/context.hpp"
#include "report/layer.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lockstep::report {

/// The forms that `check` reports in.
enum class ReportFormat : uint8_t {
  text,
  concise,
  json,
  jsonl,
  sarif,
  github,
  gitlab,
  junit,
  checkstyle,
  rdjson,
  markdown,
  html,
};

[[nodiscard]] std::string_view name(ReportFormat format);
[[nodiscard]] std::optional<ReportFormat> reportFormatNamed(std::string_view name);
/// Names in the order of the enumeration.
[[nodiscard]] std::span<const std::string_view> reportFormatNames();

/// Where a report in that form goes.
[[nodiscard]] Channel channelOf(ReportFormat format, bool color);

/// The whole report, ending with a line break unless it is empty.
[[nodiscard]] std::string render(ReportFormat format, const CheckResult &result,
                                 const ReportContext &context);

} // namespace lockstep::report
