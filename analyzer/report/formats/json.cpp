#include "report/formats/json.hpp"

#include "engine/fingerprint.hpp"
#include "report/json_text.hpp"
#include "report/places.hpp"

namespace lockstep::report {

static void writeRange(JsonText &text, Places &places, const std::string &file, Range range) {
  auto write = [&](std::string_view name, Position at, uint32_t offset) {
    text.key(name);
    text.beginObject();
    text.member("line", at.line);
    text.member("column", at.column);
    text.member("offset", offset);
    text.endObject();
  };
  const Span span = places.span(file, range);
  text.beginObject();
  write("start", span.start, range.begin);
  write("end", span.end, range.empty() ? range.begin : range.end);
  text.endObject();
}

static void writeTool(JsonText &text, const ReportContext &context) {
  text.key("tool");
  text.beginObject();
  text.member("name", "lockstep");
  text.member("version", context.version);
  text.member("grammar", context.grammar);
  text.endObject();
}

static void writeSummary(JsonText &text, const Summary &summary) {
  text.key("summary");
  text.beginObject();
  text.member("files", summary.files);
  text.member("migrations", summary.migrations);
  text.member("statements", summary.statements);
  text.member("unanalyzed", summary.unanalyzed);
  text.member("errors", summary.errors);
  text.member("warnings", summary.warnings);
  text.member("infos", summary.infos);
  text.member("suppressed", summary.suppressed);
  text.endObject();
}

/// What is said of the run as a whole.
static void writeHead(JsonText &text, const CheckResult &result, const ReportContext &context) {
  text.member("version", 1);
  writeTool(text, context);
  writeSummary(text, result.summary);
  text.key("histories");
  text.beginArray();
  for (const HistoryInfo &history : result.histories) {
    text.beginObject();
    text.member("path", history.path);
    text.member("framework", history.framework);
    text.member("execution", history.execution);
    text.member("detected_by", history.detected_by);
    text.endObject();
  }
  text.endArray();
}

static void writeFix(JsonText &text, Places &places, const Finding &finding, const Fix &fix) {
  text.beginObject();
  text.member("title", fix.title);
  text.member("safety", name(fix.safety));
  text.key("edits");
  text.beginArray();
  for (const Edit &edit : fix.edits) {
    text.beginObject();
    text.key("range");
    writeRange(text, places, finding.file, edit.range);
    text.member("text", edit.text);
    text.endObject();
  }
  text.endArray();
  text.endObject();
}

static void writeStatement(JsonText &text, Places &places, const Finding &finding) {
  text.key("statement");
  if (finding.statement_kind.empty())
    return text.null();
  text.beginObject();
  text.member("kind", finding.statement_kind);
  text.key("range");
  writeRange(text, places, finding.file, finding.statement);
  text.member("hash", statementHash(finding));
  text.endObject();
}

static void writeSuppression(JsonText &text, const Finding &finding) {
  text.key("suppressed");
  if (!finding.suppressed)
    return text.null();
  text.beginObject();
  text.member("kind", finding.suppressed->kind);
  text.member("reason", finding.suppressed->reason);
  text.endObject();
}

static void writeMembers(JsonText &text, Places &places, const Finding &finding,
                         const ReportContext &context) {
  text.member("rule", finding.rule);
  text.member("category", name(finding.category));
  text.member("severity", name(finding.severity));
  text.key("phase");
  text.textOrNull(name(finding.phase));
  text.member("message", finding.message);
  text.member("help", finding.help);
  text.key("url");
  text.textOrNull(ruleUrl(finding.rule, context));
  text.member("file", finding.file);
  text.key("migration");
  text.textOrNull(finding.migration);
  text.key("range");
  writeRange(text, places, finding.file, finding.range);
  writeStatement(text, places, finding);
  text.member("objects", finding.objects);
  text.key("related");
  text.beginArray();
  for (const Label &label : finding.related) {
    text.beginObject();
    text.member("message", label.message);
    text.member("file", label.file);
    text.key("range");
    writeRange(text, places, label.file, label.range);
    text.endObject();
  }
  text.endArray();
  text.key("fixes");
  text.beginArray();
  for (const Fix &fix : finding.fixes)
    writeFix(text, places, finding, fix);
  text.endArray();
  text.member("assumptions", finding.assumptions);
  text.member("fingerprint", finding.fingerprint);
  writeSuppression(text, finding);
}

static void writeMembers(JsonText &text, Places &places, const Notice &notice) {
  text.member("kind", notice.kind);
  text.member("message", notice.message);
  text.key("file");
  text.textOrNull(notice.file);
  text.key("range");
  if (places.lines(notice.file))
    writeRange(text, places, notice.file, notice.range);
  else
    text.null();
}

std::string renderJson(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  JsonText text(2);
  text.beginObject();
  writeHead(text, result, context);
  text.key("findings");
  text.beginArray();
  for (const Finding *finding : shownFindings(result, context)) {
    text.beginObject();
    writeMembers(text, places, *finding, context);
    text.endObject();
  }
  text.endArray();
  text.key("notices");
  text.beginArray();
  for (const Notice &notice : result.notices) {
    text.beginObject();
    writeMembers(text, places, notice);
    text.endObject();
  }
  text.endArray();
  text.endObject();
  return text.take();
}

std::string renderJsonLines(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  std::string lines;
  auto add = [&](std::string_view type, auto &&write) {
    JsonText text(-1);
    text.beginObject();
    text.member("type", type);
    write(text);
    text.endObject();
    lines += text.take();
  };
  for (const Finding *finding : shownFindings(result, context))
    add("finding", [&](JsonText &text) { writeMembers(text, places, *finding, context); });
  for (const Notice &notice : result.notices)
    add("notice", [&](JsonText &text) { writeMembers(text, places, notice); });
  add("summary", [&](JsonText &text) { writeHead(text, result, context); });
  return lines;
}

} // namespace lockstep::report
