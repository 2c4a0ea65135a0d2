#include "report/formats/gitlab.hpp"

#include "report/places.hpp"

#include <nlohmann/json.hpp>

namespace lockstep::report {

using Json = nlohmann::ordered_json;

static std::string_view severityOf(Severity severity) {
  switch (severity) {
  case Severity::error:
    return "critical";
  case Severity::warning:
    return "major";
  case Severity::info:
    return "minor";
  case Severity::off:
    return "info";
  }
  return "info";
}

std::string renderGitlab(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  Json list = Json::array();
  for (const Finding *finding : shownFindings(result, context)) {
    Span span = places.span(finding->file, finding->range);
    Json json;
    json["type"] = "issue";
    json["check_name"] = finding->rule;
    json["description"] =
        finding->message + (finding->help.empty() ? "" : " (" + finding->help + ")");
    json["categories"] = Json::array({"Bug Risk"});
    json["fingerprint"] = finding->fingerprint;
    json["severity"] = std::string(severityOf(finding->severity));
    json["location"]["path"] = repositoryPath(finding->file, context);
    json["location"]["lines"]["begin"] = span.start.line;
    json["location"]["lines"]["end"] = span.end.line;
    list.push_back(std::move(json));
  }
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace lockstep::report
