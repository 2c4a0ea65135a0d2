#include "report/json.hpp"

#include "engine/fingerprint.hpp"
#include "report/escape.hpp"
#include "report/json_parts.hpp"

#include <nlohmann/json.hpp>

namespace lockstep {

using Json = nlohmann::ordered_json;

static std::string dumped(const Json &json, int indent) {
  return sealJson(json.dump(indent, ' ', false, Json::error_handler_t::replace)) + "\n";
}

static Json summaryJson(const Summary &summary) {
  Json json;
  json["files"] = summary.files;
  json["migrations"] = summary.migrations;
  json["statements"] = summary.statements;
  json["unanalyzed"] = summary.unanalyzed;
  json["errors"] = summary.errors;
  json["warnings"] = summary.warnings;
  json["infos"] = summary.infos;
  json["suppressed"] = summary.suppressed;
  return json;
}

static Json historiesJson(const CheckResult &result) {
  Json list = Json::array();
  for (const HistoryInfo &history : result.histories) {
    Json json;
    json["path"] = history.path;
    json["framework"] = history.framework;
    json["execution"] = history.execution;
    json["detected_by"] = history.detected_by;
    list.push_back(std::move(json));
  }
  return list;
}

static Json fixJson(Places &places, const Finding &finding, const Fix &fix) {
  Json json;
  json["title"] = fix.title;
  json["safety"] = std::string(name(fix.safety));
  json["edits"] = Json::array();
  for (const Edit &edit : fix.edits) {
    Json change;
    change["range"] = rangeJson<Json>(places, finding.file, edit.range);
    change["text"] = edit.text;
    json["edits"].push_back(std::move(change));
  }
  return json;
}

static Json statementJson(Places &places, const Finding &finding, const SourceMap &sources) {
  if (finding.statement_kind.empty())
    return nullptr;
  Json json = objectOf<Json>(2);
  json["kind"] = finding.statement_kind;
  json["range"] = rangeJson<Json>(places, finding.file, finding.statement);
  auto source = sources.find(finding.file);
  json["hash"] = statementHash(finding, source == sources.end() ? nullptr : source->second.get());
  return json;
}

static Json suppressionJson(const Finding &finding) {
  if (!finding.suppressed)
    return nullptr;
  Json json;
  json["kind"] = finding.suppressed->kind;
  json["reason"] = finding.suppressed->reason;
  return json;
}

static Json findingJson(Places &places, const Finding &finding, const SourceMap &sources,
                        const ReportContext &context) {
  Json json = objectOf<Json>(19);
  json["rule"] = finding.rule;
  json["category"] = std::string(name(finding.category));
  json["severity"] = std::string(name(finding.severity));
  json["phase"] = textOrNull<Json>(name(finding.phase));
  json["message"] = finding.message;
  json["help"] = finding.help;
  json["url"] = textOrNull<Json>(ruleUrl(finding.rule, context));
  json["file"] = finding.file;
  json["migration"] = textOrNull<Json>(finding.migration);
  json["range"] = rangeJson<Json>(places, finding.file, finding.range);
  json["statement"] = statementJson(places, finding, sources);
  json["objects"] = finding.objects;
  json["related"] = Json::array();
  for (const Label &label : finding.related) {
    Json related = objectOf<Json>(3);
    related["message"] = label.message;
    related["file"] = label.file;
    related["range"] = rangeJson<Json>(places, label.file, label.range);
    json["related"].push_back(std::move(related));
  }
  json["fixes"] = Json::array();
  for (const Fix &fix : finding.fixes)
    json["fixes"].push_back(fixJson(places, finding, fix));
  json["assumptions"] = finding.assumptions;
  json["fingerprint"] = finding.fingerprint;
  json["suppressed"] = suppressionJson(finding);
  return json;
}

std::string renderJson(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  Json json;
  json["version"] = 1;
  json["tool"] = toolJson<Json>(context);
  json["summary"] = summaryJson(result.summary);
  json["histories"] = historiesJson(result);
  json["findings"] = Json::array();
  for (const Finding *finding : shownFindings(result, context))
    json["findings"].push_back(findingJson(places, *finding, result.sources, context));
  json["notices"] = Json::array();
  for (const Notice &notice : result.notices)
    json["notices"].push_back(noticeJson<Json>(places, notice));
  return dumped(json, 2);
}

std::string renderJsonLines(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  auto line = [](std::string_view type, const Json &body) {
    Json json;
    json["type"] = std::string(type);
    json.update(body);
    return dumped(json, -1);
  };
  std::string text;
  for (const Finding *finding : shownFindings(result, context))
    text += line("finding", findingJson(places, *finding, result.sources, context));
  for (const Notice &notice : result.notices)
    text += line("notice", noticeJson<Json>(places, notice));
  Json last;
  last["version"] = 1;
  last["tool"] = toolJson<Json>(context);
  last["summary"] = summaryJson(result.summary);
  last["histories"] = historiesJson(result);
  return text + line("summary", last);
}

} // namespace lockstep
