#include "report/formats/markdown.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/places.hpp"
#include "report/snippet.hpp"

#include <algorithm>

namespace lockstep::report {

/// Bytes; leaves room for the line that says what was left out.
static constexpr size_t longest_comment = 65000;

/// Text that stays text: no markup, no mention, no HTML.
static std::string plain(std::string_view text) {
  std::string result;
  for (char c : printable(text)) {
    if (std::string_view("\\`*_{}[]()#+-!|<>~&@").find(c) == std::string_view::npos)
      result += c;
    else
      result += "&#" + std::to_string(static_cast<int>(c)) + ";";
  }
  return result;
}

/// Code in a paragraph: fenced by more backticks than it holds.
static std::string code(std::string_view text) {
  std::string body = printable(text);
  size_t longest = 0, run = 0;
  for (char c : body) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  std::string fence(longest + 1, '`');
  std::string pad = longest > 0 ? " " : "";
  return fence + pad + body + pad + fence;
}

static std::string_view sign(Severity severity) {
  switch (severity) {
  case Severity::error:
    return "🔴";
  case Severity::warning:
    return "🟠";
  case Severity::info:
  case Severity::off:
    return "🔵";
  }
  return "";
}

static std::string indentedSource(const Finding &finding, Places &places) {
  const LineIndex *lines = places.lines(finding.file);
  if (!lines || lines->text().empty())
    return "";
  std::string text = "\n";
  for (const SnippetLine &line : snippetOf(*lines, finding.range))
    text +=
        line.number == 0 ? "      ...\n" : "      " + line.text + "\n      " + line.marks + "\n";
  return text + "\n";
}

static std::string item(const Finding &finding, Places &places, const ReportContext &context) {
  std::string url = ruleUrl(finding.rule, context);
  std::string rule = code(finding.rule);
  std::string text =
      format("- {} **{}** {} ({})\n", sign(finding.severity), name(finding.severity),
             plain(finding.message), url.empty() ? rule : "[" + rule + "](" + url + ")");
  text += "  " + code(placeText(places, finding.file, finding.range)) + "\n";
  text += indentedSource(finding, places);
  for (std::string_view line : split(finding.help, '\n'))
    if (!trim(line).empty())
      text += "  " + plain(line) + "  \n";
  return text;
}

std::string renderMarkdown(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  const Summary &summary = result.summary;
  std::string text = format("## lockstep: {}, {}, {}\n\n", plural(summary.errors, "error"),
                            plural(summary.warnings, "warning"), plural(summary.infos, "info"));
  text += format("{}, {}", plural(summary.files, "file"), coverageText(summary));
  if (summary.suppressed > 0)
    text += ", " + plural(summary.suppressed, "finding") + " suppressed";
  text += ".\n\n";

  std::vector<const Finding *> findings = shownFindings(result, context);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding *a, const Finding *b) { return a->severity > b->severity; });
  size_t shown = 0;
  for (; shown < findings.size(); ++shown) {
    std::string next = item(*findings[shown], places, context);
    if (text.size() + next.size() > longest_comment)
      break;
    text += next;
  }
  if (shown < findings.size())
    text += "\n" + plural(findings.size() - shown, "more finding") + " not shown.\n";
  if (summary.unanalyzed > 0)
    text += "\nNot analysed:\n\n";
  for (const Notice &notice : result.notices) {
    if (notice.kind != "unanalyzed")
      continue;
    std::string next = "- " + code(placeText(places, notice.file, notice.range)) + " " +
                       plain(notice.message) + "\n";
    if (text.size() + next.size() > longest_comment)
      break;
    text += next;
  }
  return text;
}

} // namespace lockstep::report
