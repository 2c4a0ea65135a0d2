#include "report/formats/html.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/places.hpp"
#include "report/snippet.hpp"

namespace lockstep::report {

static constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>lockstep</title>
<style>
:root { color-scheme: light dark; --line: #8884; --error: #c62828; --warning: #b26a00; --info: #1565c0 }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h2 { font-size: 1rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; margin-top: 2rem }
article { margin: 1rem 0 1.5rem; padding-left: .8rem; border-left: 4px solid var(--line) }
article.error { border-color: var(--error) } article.warning { border-color: var(--warning) }
article.info { border-color: var(--info) } article.suppressed { opacity: .6 }
.error b { color: var(--error) } .warning b { color: var(--warning) } .info b { color: var(--info) }
p { margin: .2rem 0 } pre { overflow-x: auto; background: #8881; padding: .5rem; margin: .4rem 0 }
code, pre { font: 13px/1.45 ui-monospace, monospace } .place { opacity: .7 } ul { padding-left: 1.2rem }
</style>
</head>
<body>
)";

static std::string source(const Finding &finding, Places &places) {
  const LineIndex *lines = places.lines(finding.file);
  if (!lines || lines->text().empty())
    return "";
  std::string text = "<pre>";
  for (const SnippetLine &line : snippetOf(*lines, finding.range))
    text += line.number == 0 ? std::string("...\n")
                             : xmlEscape(line.text) + "\n" + xmlEscape(line.marks) + "\n";
  return text + "</pre>\n";
}

static std::string article(const Finding &finding, Places &places, const ReportContext &context) {
  std::string severity(name(finding.severity));
  std::string rule = "<code>" + xmlEscape(finding.rule) + "</code>";
  if (std::string url = ruleUrl(finding.rule, context); !url.empty())
    rule = "<a href=\"" + xmlEscape(url) + "\">" + rule + "</a>";
  std::string text = "<article class=\"" + severity + (finding.suppressed ? " suppressed" : "") +
                     "\">\n<p><b>" + severity + "</b> " + xmlEscape(finding.message) + " " + rule +
                     "</p>\n<p class=\"place\">" +
                     xmlEscape(placeText(places, finding.file, finding.range)) + "</p>\n" +
                     source(finding, places);
  for (std::string_view line : split(finding.help, '\n'))
    if (!trim(line).empty())
      text += "<p>" + xmlEscape(line) + "</p>\n";
  for (const Label &label : finding.related)
    text += "<p class=\"place\">" + xmlEscape(placeText(places, label.file, label.range)) + ": " +
            xmlEscape(label.message) + "</p>\n";
  for (const std::string &assumption : finding.assumptions)
    text += "<p class=\"place\">assuming: " + xmlEscape(assumption) + "</p>\n";
  if (finding.suppressed)
    text +=
        "<p class=\"place\">suppressed by " + xmlEscape(finding.suppressed->kind) +
        (finding.suppressed->reason.empty() ? "" : ": " + xmlEscape(finding.suppressed->reason)) +
        "</p>\n";
  return text + "</article>\n";
}

std::string renderHtml(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  const Summary &summary = result.summary;
  std::string text(head);
  text += format("<h1>lockstep: {}, {}, {}</h1>\n<p>{}, {}", plural(summary.errors, "error"),
                 plural(summary.warnings, "warning"), plural(summary.infos, "info"),
                 plural(summary.files, "file"), coverageText(summary));
  if (summary.suppressed > 0)
    text += ", " + plural(summary.suppressed, "finding") + " suppressed";
  text += "</p>\n";
  const std::string *open = nullptr;
  for (const Finding *finding : shownFindings(result, context)) {
    if (!open || *open != finding->file)
      text += "<h2>" + xmlEscape(finding->file) + "</h2>\n";
    open = &finding->file;
    text += article(*finding, places, context);
  }
  if (!result.notices.empty())
    text += "<h2>Notices</h2>\n<ul>\n";
  for (const Notice &notice : result.notices)
    text += "<li>" +
            (notice.file.empty() ? ""
                                 : xmlEscape(placeText(places, notice.file, notice.range)) + ": ") +
            xmlEscape(notice.message) + "</li>\n";
  if (!result.notices.empty())
    text += "</ul>\n";
  return text + "</body>\n</html>\n";
}

} // namespace lockstep::report
