#include "report/formats/rdjson.hpp"

#include "report/places.hpp"

#include <nlohmann/json.hpp>

namespace lockstep::report {

using Json = nlohmann::ordered_json;

static std::string_view severityOf(Severity severity) {
  switch (severity) {
  case Severity::error:
    return "ERROR";
  case Severity::warning:
    return "WARNING";
  case Severity::info:
  case Severity::off:
    return "INFO";
  }
  return "INFO";
}

static Json rangeOf(Places &places, const std::string &file, Range range) {
  Span span = places.span(file, range, ColumnUnit::bytes);
  Json json;
  json["start"]["line"] = span.start.line;
  json["start"]["column"] = span.start.column;
  json["end"]["line"] = span.end.line;
  json["end"]["column"] = span.end.column;
  return json;
}

static Json locationOf(Places &places, const std::string &file, Range range) {
  Json json;
  json["path"] = file;
  json["range"] = rangeOf(places, file, range);
  return json;
}

static Json diagnosticOf(Places &places, const Finding &finding, const ReportContext &context) {
  Json json;
  json["message"] = finding.message + (finding.help.empty() ? "" : "\n" + finding.help);
  json["location"] = locationOf(places, finding.file, finding.range);
  json["severity"] = std::string(severityOf(finding.severity));
  json["code"]["value"] = finding.rule;
  if (std::string url = ruleUrl(finding.rule, context); !url.empty())
    json["code"]["url"] = url;
  // A suggestion is one replacement; what needs several edits cannot be told.
  for (const Fix &fix : finding.fixes) {
    if (fix.edits.size() != 1)
      continue;
    Json suggestion;
    suggestion["range"] = rangeOf(places, finding.file, fix.edits[0].range);
    suggestion["text"] = fix.edits[0].text;
    json["suggestions"].push_back(std::move(suggestion));
  }
  for (const Label &label : finding.related) {
    Json related;
    related["message"] = label.message;
    related["location"] = locationOf(places, label.file, label.range);
    json["related_locations"].push_back(std::move(related));
  }
  return json;
}

std::string renderRdjson(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  Json json;
  json["source"]["name"] = "lockstep";
  if (!context.docs_url.empty())
    json["source"]["url"] = context.docs_url;
  json["severity"] = "WARNING";
  json["diagnostics"] = Json::array();
  for (const Finding *finding : shownFindings(result, context))
    json["diagnostics"].push_back(diagnosticOf(places, *finding, context));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace lockstep::report
