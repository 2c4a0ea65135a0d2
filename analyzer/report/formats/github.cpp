#include "report/formats/github.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/places.hpp"

#include <algorithm>
#include <array>

namespace lockstep::report {

/// GitHub silently drops annotations beyond this many of each level in a step.
static constexpr size_t most_of_a_level = 10;

static std::string_view commandOf(Severity severity) {
  switch (severity) {
  case Severity::error:
    return "error";
  case Severity::warning:
    return "warning";
  case Severity::info:
  case Severity::off:
    return "notice";
  }
  return "notice";
}

/// Escapes as GitHub's toolkit does (actions/toolkit, core/src/command.ts); other harmful
/// characters are spelled out.
static std::string escaped(std::string_view text, bool property) {
  std::string result;
  bool first = true;
  for (std::string_view line : split(text, '\n')) {
    if (!first)
      result += "%0A";
    first = false;
    for (char c : printable(line)) {
      if (c == '%')
        result += "%25";
      else if (property && c == ':')
        result += "%3A";
      else if (property && c == ',')
        result += "%2C";
      else
        result += c;
    }
  }
  return result;
}

static std::string annotation(const Finding &finding, Places &places,
                              const ReportContext &context) {
  Span span = places.span(finding.file, finding.range);
  auto number = [](uint32_t value) { return std::to_string(value); };
  std::string text = "::" + std::string(commandOf(finding.severity)) +
                     " file=" + escaped(repositoryPath(finding.file, context), true) +
                     ",line=" + number(span.start.line) + ",endLine=" + number(span.end.line) +
                     ",col=" + number(span.start.column);
  // Ignored where several lines are named; inclusive in the web page.
  if (span.start.line == span.end.line)
    text += ",endColumn=" + number(std::max(span.start.column + 1, span.end.column) - 1);
  text += ",title=" + escaped(finding.rule, true) + "::" + escaped(finding.message, false);
  if (!finding.help.empty())
    text += "%0A" + escaped(finding.help, false);
  return text + "\n";
}

std::string renderGithub(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  std::vector<const Finding *> findings = shownFindings(result, context);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding *a, const Finding *b) { return a->severity > b->severity; });
  std::array<size_t, 4> counts{};
  size_t left_out = 0;
  std::string text;
  for (const Finding *finding : findings) {
    size_t &count = counts[static_cast<size_t>(finding->severity)];
    // One notice is kept for what is left out.
    size_t room = finding->severity == Severity::info ? most_of_a_level - 1 : most_of_a_level;
    if (count++ < room)
      text += annotation(*finding, places, context);
    else
      ++left_out;
  }
  std::string last;
  if (left_out > 0)
    last = plural(left_out, "more finding") + " not shown: GitHub takes 10 of each level";
  if (result.summary.unanalyzed > 0)
    last += (last.empty() ? "" : "; ") + coverageText(result.summary);
  if (!last.empty())
    text += "::notice title=lockstep::" + escaped(last, false) + "\n";
  return text;
}

} // namespace lockstep::report
