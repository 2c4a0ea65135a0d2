#include "report/formats/format.hpp"

#include "report/formats/checkstyle.hpp"
#include "report/formats/github.hpp"
#include "report/formats/gitlab.hpp"
#include "report/formats/html.hpp"
#include "report/formats/json.hpp"
#include "report/formats/junit.hpp"
#include "report/formats/markdown.hpp"
#include "report/formats/rdjson.hpp"
#include "report/formats/sarif.hpp"
#include "report/formats/text.hpp"

#include <algorithm>
#include <array>

namespace lockstep::report {

static constexpr std::array<std::string_view, 12> format_names{
    "text",   "concise", "json",       "jsonl",  "sarif",    "github",
    "gitlab", "junit",   "checkstyle", "rdjson", "markdown", "html"};

std::string_view name(ReportFormat format) { return format_names[static_cast<size_t>(format)]; }

std::optional<ReportFormat> reportFormatNamed(std::string_view name) {
  auto found = std::find(format_names.begin(), format_names.end(), name);
  if (found == format_names.end())
    return std::nullopt;
  return static_cast<ReportFormat>(found - format_names.begin());
}

std::span<const std::string_view> reportFormatNames() { return format_names; }

Channel channelOf(ReportFormat format, bool color) {
  switch (format) {
  case ReportFormat::text:
  case ReportFormat::concise:
    return color ? Channel::terminal : Channel::text;
  case ReportFormat::json:
  case ReportFormat::jsonl:
  case ReportFormat::sarif:
  case ReportFormat::gitlab:
  case ReportFormat::rdjson:
    return Channel::json;
  case ReportFormat::github:
    return Channel::github;
  case ReportFormat::junit:
  case ReportFormat::checkstyle:
  case ReportFormat::html:
    return Channel::markup;
  case ReportFormat::markdown:
    return Channel::text;
  }
  return Channel::text;
}

std::string render(ReportFormat format, const CheckResult &result, const ReportContext &context) {
  switch (format) {
  case ReportFormat::text:
    return renderText(result, context);
  case ReportFormat::concise:
    return renderConcise(result, context);
  case ReportFormat::json:
    return renderJson(result, context);
  case ReportFormat::jsonl:
    return renderJsonLines(result, context);
  case ReportFormat::sarif:
    return renderSarif(result, context);
  case ReportFormat::github:
    return renderGithub(result, context);
  case ReportFormat::gitlab:
    return renderGitlab(result, context);
  case ReportFormat::junit:
    return renderJunit(result, context);
  case ReportFormat::checkstyle:
    return renderCheckstyle(result, context);
  case ReportFormat::rdjson:
    return renderRdjson(result, context);
  case ReportFormat::markdown:
    return renderMarkdown(result, context);
  case ReportFormat::html:
    return renderHtml(result, context);
  }
  return {};
}

} // namespace lockstep::report
