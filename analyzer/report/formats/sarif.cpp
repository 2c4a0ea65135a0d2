#include "report/formats/sarif.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/line_hash.hpp"
#include "report/page.hpp"
#include "report/places.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace lockstep::report {

using Json = nlohmann::ordered_json;

// GitHub keeps no more than this: longer descriptions and further results make it refuse the file.
static constexpr size_t longest_description = 1024;
static constexpr size_t most_results = 25000;

static std::string_view levelOf(Severity severity) {
  switch (severity) {
  case Severity::error:
    return "error";
  case Severity::warning:
    return "warning";
  case Severity::info:
    return "note";
  case Severity::off:
    return "none";
  }
  return "none";
}

static Json message(std::string_view text) {
  Json json;
  json["text"] = std::string(text);
  return json;
}

/// Cuts at a code point; GitHub counts characters, so bytes are on the safe side.
static std::string shortened(std::string_view text) {
  if (text.size() <= longest_description)
    return std::string(text);
  size_t end = longest_description - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  return std::string(text.substr(0, end)) + "...";
}

namespace {
class SarifWriter {
public:
  SarifWriter(const CheckResult &result, const ReportContext &context)
      : result_(result), context_(context), places_(result.sources),
        findings_(shownFindings(result, context)) {
    // GitHub keeps the first ones: the worst must be among them.
    if (findings_.size() > most_results) {
      std::stable_sort(findings_.begin(), findings_.end(), [](const Finding *a, const Finding *b) {
        return a->severity > b->severity;
      });
      left_out_ = findings_.size() - most_results;
      findings_.resize(most_results);
    }
  }

  Json document() {
    Json run;
    run["tool"]["driver"] = driver();
    run["invocations"] = Json::array({invocation()});
    run["columnKind"] = "utf16CodeUnits";
    run["results"] = Json::array();
    for (const Finding *finding : findings_)
      run["results"].push_back(resultOf(*finding));
    Json json;
    json["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    json["version"] = "2.1.0";
    json["runs"] = Json::array({std::move(run)});
    return json;
  }

private:
  Json driver() {
    Json driver;
    driver["name"] = "lockstep";
    driver["semanticVersion"] = std::string(context_.version);
    if (!context_.docs_url.empty())
      driver["informationUri"] = context_.docs_url;
    driver["rules"] = Json::array();
    for (const Finding *finding : findings_) {
      if (rule_indexes_.emplace(finding->rule, rule_indexes_.size()).second)
        driver["rules"].push_back(ruleJson(*finding));
    }
    return driver;
  }

  Json ruleJson(const Finding &finding) {
    const Rule *rule = ruleOf(finding, context_);
    std::string_view raw = context_.page ? context_.page(finding.rule) : std::string_view();
    std::string page = publishedPage(raw);
    std::string_view summary = summaryOf(page);
    if (summary.empty())
      summary = finding.rule; // No text may be empty.
    std::string url = ruleUrl(finding.rule, context_);
    std::string markdown = page.empty() ? finding.rule : page;
    if (!url.empty())
      markdown += "\n[" + url + "](" + url + ")\n";
    std::string full = firstSection(page);
    Severity severity = rule ? rule->severity : finding.severity;

    Json json;
    json["id"] = finding.rule;
    json["name"] = finding.rule;
    json["shortDescription"] = message(shortened(summary));
    json["fullDescription"] = message(shortened(full.empty() ? summary : full));
    json["help"]["text"] = page.empty() ? finding.rule : plainPage(page);
    json["help"]["markdown"] = markdown;
    if (!url.empty())
      json["helpUri"] = url;
    json["defaultConfiguration"]["level"] = std::string(levelOf(severity));
    json["properties"]["tags"] = Json::array({std::string(name(finding.category)), "postgresql"});
    json["properties"]["precision"] = "high";
    json["properties"]["problem.severity"] =
        severity == Severity::info ? "recommendation" : std::string(levelOf(severity));
    return json;
  }

  Json artifact(const std::string &file) {
    Json json;
    json["uri"] = uriEncode(repositoryPath(file, context_));
    return json;
  }

  Json region(const std::string &file, Range range) {
    Span span = places_.span(file, range, ColumnUnit::utf16);
    Json json;
    json["startLine"] = span.start.line;
    json["startColumn"] = span.start.column;
    json["endLine"] = span.end.line;
    json["endColumn"] = span.end.column;
    return json;
  }

  Json location(const std::string &file, Range range) {
    Json json;
    json["physicalLocation"]["artifactLocation"] = artifact(file);
    json["physicalLocation"]["region"] = region(file, range);
    return json;
  }

  Json related(const Finding &finding) {
    Json list = Json::array();
    auto add = [&](const std::string &file, Range range, std::string_view words) {
      Json json = location(file, range);
      json["id"] = list.size() + 1;
      json["message"] = message(words);
      list.push_back(std::move(json));
    };
    for (const Label &label : finding.related)
      add(label.file, label.range, label.message);
    if (!finding.statement.empty() && finding.statement != finding.range)
      add(finding.file, finding.statement, "the whole statement");
    return list;
  }

  Json fixes(const Finding &finding) {
    Json list = Json::array();
    for (const Fix &fix : finding.fixes) {
      Json change;
      change["artifactLocation"] = artifact(finding.file);
      change["replacements"] = Json::array();
      for (const Edit &edit : fix.edits) {
        Json replacement;
        replacement["deletedRegion"] = region(finding.file, edit.range);
        replacement["insertedContent"]["text"] = edit.text;
        change["replacements"].push_back(std::move(replacement));
      }
      Json json;
      json["description"] = message(fix.title);
      json["artifactChanges"] = Json::array({std::move(change)});
      list.push_back(std::move(json));
    }
    return list;
  }

  /// Links to the related places: GitHub shows only those that the message speaks of.
  static std::string messageText(const Finding &finding) {
    auto escaped = [](std::string_view text) {
      std::string result;
      for (char c : text) {
        if (c == '[' || c == ']' || c == '\\')
          result += '\\';
        result += c;
      }
      return result;
    };
    std::string text = escaped(finding.message);
    if (!finding.help.empty())
      text += "\n" + escaped(finding.help);
    for (size_t i = 0; i < finding.related.size(); ++i)
      text += "\n[" + escaped(finding.related[i].message) + "](" + std::to_string(i + 1) + ")";
    return text;
  }

  std::string lineHash(const Finding &finding) {
    auto hashes = line_hashes_.find(finding.file);
    if (hashes == line_hashes_.end()) {
      auto source = result_.sources.find(finding.file);
      std::string_view text;
      if (source != result_.sources.end())
        text = source->second->text;
      hashes = line_hashes_.emplace(finding.file, lineHashes(text)).first;
    }
    // A last line of blanks alone has no units of its own.
    size_t line = places_.span(finding.file, finding.range).start.line;
    return hashes->second[std::min(line, hashes->second.size()) - 1];
  }

  Json resultOf(const Finding &finding) {
    Json json;
    json["ruleId"] = finding.rule;
    json["ruleIndex"] = rule_indexes_.at(finding.rule);
    json["level"] = std::string(levelOf(finding.severity));
    json["message"] = message(messageText(finding));
    json["locations"] = Json::array({location(finding.file, finding.range)});
    if (Json places = related(finding); !places.empty())
      json["relatedLocations"] = std::move(places);
    json["partialFingerprints"]["primaryLocationLineHash"] = lineHash(finding);
    json["partialFingerprints"]["lockstep/v1"] = finding.fingerprint;
    if (Json list = fixes(finding); !list.empty())
      json["fixes"] = std::move(list);
    if (finding.suppressed) {
      Json suppression;
      suppression["kind"] = finding.suppressed->kind == "comment" ? "inSource" : "external";
      suppression["justification"] = finding.suppressed->reason;
      json["suppressions"] = Json::array({std::move(suppression)});
    }
    return json;
  }

  Json invocation() {
    const Summary &summary = result_.summary;
    Json json;
    json["executionSuccessful"] = summary.statements > 0 || summary.unanalyzed == 0;
    json["toolExecutionNotifications"] = Json::array();
    auto notify = [&](std::string_view level, std::string_view words) {
      Json notification;
      notification["level"] = std::string(level);
      notification["message"] = message(words);
      json["toolExecutionNotifications"].push_back(std::move(notification));
      return &json["toolExecutionNotifications"].back();
    };
    notify("note", coverageText(summary));
    if (left_out_ > 0)
      notify("warning", plural(left_out_, "finding") + " left out: " +
                            std::to_string(most_results) + " is the most that GitHub takes");
    for (const Notice &notice : result_.notices) {
      Json *notification = notify(notice.kind == "unanalyzed" ? "error" : "note", notice.message);
      if (!notice.file.empty())
        (*notification)["locations"] = Json::array({location(notice.file, notice.range)});
    }
    return json;
  }

  const CheckResult &result_;
  const ReportContext &context_;
  Places places_;
  std::vector<const Finding *> findings_;
  size_t left_out_ = 0;
  std::map<std::string, size_t> rule_indexes_;
  std::map<std::string, std::vector<std::string>> line_hashes_;
};
} // namespace

std::string renderSarif(const CheckResult &result, const ReportContext &context) {
  Json json = SarifWriter(result, context).document();
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace lockstep::report
