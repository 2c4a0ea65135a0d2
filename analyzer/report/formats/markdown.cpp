#include "report/formats/markdown.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/places.hpp"
#include "report/snippet.hpp"

#include <algorithm>

namespace lockstep::report {

static constexpr size_t npos = std::string_view::npos;

/// Bytes; leaves room for the line that says what was left out.
static constexpr size_t longest_comment = 65000;

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

static bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool isDigit(char c) { return c >= '0' && c <= '9'; }
static bool isOneOf(std::string_view characters, char c) { return characters.find(c) != npos; }

/// Whether ":name:" stands at the colon at `at`.
static bool isEmoji(std::string_view word, size_t at) {
  bool is_number = true;
  size_t end = at + 1;
  for (; end < word.size() &&
         (isLetter(word[end]) || isDigit(word[end]) || isOneOf("_+-", word[end]));
       ++end)
    is_number = is_number && isDigit(word[end]);
  return end < word.size() && word[end] == ':' && !is_number;
}

/// What GitHub and GitLab make of a word once it is text again, whatever stood for its signs:
/// mentions, numbers of issues and merge requests, labels, addresses, emoji, and commands to GitLab
/// itself. They leave code alone.
static bool isReference(std::string_view word) {
  if (word.starts_with('/') || word.find("://") != npos || word.find("www.") != npos)
    return true;
  const size_t last_colon = word.find(':') == npos ? 0 : word.rfind(':');
  for (size_t at = 0; at + 1 < word.size(); ++at) {
    const char next = word[at + 1];
    if (isOneOf("@#!$%~&^*", word[at]) && (isLetter(next) || isDigit(next) || isOneOf("\"_", next)))
      return true;
    if (word[at] == '[' && isLetter(next) && at < last_colon)
      return true;
    if (word[at] == ':' && isEmoji(word, at))
      return true;
    if (isDigit(next) && word[at] == '-' && at > 1 &&
        equalsIgnoringCase(word.substr(at - 2, 2), "gh"))
      return true;
  }
  return false;
}

static void appendPlain(std::string &text, std::string_view word) {
  for (char c : word) {
    if (isOneOf("\\`*_{}[]()#+-!|<>~&@", c))
      text += "&#" + std::to_string(static_cast<int>(c)) + ";";
    else
      text += c;
  }
}

/// Text that stays text: no markup, no HTML; words that would call somebody or become links are
/// code.
static std::string plain(std::string_view text) {
  std::string result;
  const std::string shown = printable(text);
  bool is_first = true, is_indent = true;
  for (std::string_view word : split(shown, ' ')) {
    result += is_first ? "" : " ";
    is_first = false;
    if (is_indent && word.starts_with("::")) {
      // No command to a log where the report is printed.
      result += "&#58;";
      word.remove_prefix(1);
    }
    is_indent = is_indent && word.empty();
    if (isReference(word))
      result += code(word);
    else
      appendPlain(result, word);
  }
  return result;
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
