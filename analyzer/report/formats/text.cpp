#include "report/formats/text.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/places.hpp"
#include "report/snippet.hpp"
#include "report/style.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lockstep::report {

static std::string headLine(const Finding &finding, Places &places, const Style &style) {
  std::string severity(name(finding.severity));
  std::string line = style.bold(placeText(places, finding.file, finding.range)) + ": " +
                     style.severity(finding.severity, severity + ":") + " " +
                     style.bold(printable(finding.message)) + " " +
                     style.dim("[" + finding.rule + "]");
  if (finding.suppressed) {
    line += " (suppressed by " + printable(finding.suppressed->kind);
    if (!finding.suppressed->reason.empty())
      line += ": " + printable(finding.suppressed->reason);
    line += ")";
  }
  return line + "\n";
}

namespace {
/// What stands below a finding's head line: a gutter of line numbers, then source or words.
class FindingBody {
public:
  FindingBody(const Style &style, size_t digits) : style_(style), digits_(digits) {}

  void source(const std::vector<SnippetLine> &lines, Severity severity) {
    for (const SnippetLine &line : lines) {
      if (line.number == 0) {
        text_ += style_.accent(std::string(digits_ - 1, ' ') + "...") + "\n";
        continue;
      }
      row(std::to_string(line.number), "|", line.text);
      row("", "|", style_.severity(severity, line.marks));
    }
  }
  /// "= label: words", the words' further lines below the first.
  void note(std::string_view label, std::string_view words) {
    std::string lead = std::string(label) + ": ";
    std::string_view sign = "=";
    for (std::string_view line : split(words, '\n')) {
      std::string shown =
          lead.find_first_not_of(' ') == std::string::npos ? lead : style_.bold(lead);
      row("", sign, shown + indented(line));
      lead.assign(lead.size(), ' ');
      sign = " ";
    }
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

private:
  /// Leading blanks of a line of SQL are kept.
  static std::string indented(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
      line.remove_suffix(1);
    return printable(line);
  }
  void row(std::string_view number, std::string_view sign, std::string_view words) {
    std::string gutter(digits_ - std::min(digits_, number.size()), ' ');
    std::string line = style_.accent(gutter + std::string(number) + " " + std::string(sign));
    text_ += line + (words.empty() ? "" : " ") + std::string(words) + "\n";
  }

  const Style &style_;
  size_t digits_;
  std::string text_;
};
} // namespace

static size_t gutterWidth(const Finding &finding, Places &places) {
  const LineIndex *lines = places.lines(finding.file);
  uint32_t last = lines ? lines->lineOf(std::max(finding.range.begin, finding.range.end)) : 1;
  return std::max<size_t>(3, std::to_string(last).size() + 1);
}

static std::string findingText(const Finding &finding, Places &places, const Style &style) {
  std::string text = headLine(finding, places, style);
  FindingBody body(style, gutterWidth(finding, places));
  if (const LineIndex *lines = places.lines(finding.file); lines && !lines->text().empty())
    body.source(snippetOf(*lines, finding.range), finding.severity);
  if (!finding.help.empty())
    body.note("help", finding.help);
  for (const Label &label : finding.related)
    body.note("note", placeText(places, label.file, label.range) + ": " + label.message);
  for (const std::string &assumption : finding.assumptions)
    body.note("assuming", assumption);
  return text + body.take() + "\n";
}

static std::string noticeText(const Notice &notice, Places &places, const Style &style) {
  std::string place;
  if (!notice.file.empty())
    place = places.lines(notice.file) ? placeText(places, notice.file, notice.range)
                                      : printablePath(notice.file);
  return (place.empty() ? "" : style.bold(place) + ": ") + style.accent("notice:") + " " +
         printable(notice.message) + "\n";
}

static std::string countLine(const CheckResult &result, const Style &style) {
  const Summary &summary = result.summary;
  if (summary.files == 0 && result.findings.empty())
    return style.bold("nothing was checked") + "\n";
  std::vector<std::string> parts;
  if (summary.errors > 0)
    parts.push_back(style.severity(Severity::error, plural(summary.errors, "error")));
  if (summary.warnings > 0)
    parts.push_back(style.severity(Severity::warning, plural(summary.warnings, "warning")));
  if (summary.infos > 0)
    parts.push_back(style.severity(Severity::info, plural(summary.infos, "info")));
  std::string line = parts.empty() ? style.bold("no findings") : join(parts, ", ");
  if (summary.suppressed > 0)
    line += " (and " + std::to_string(summary.suppressed) + " suppressed)";
  return line + " in " + plural(summary.files, "file") + ", " + coverageText(summary) + "\n";
}

/// Most frequent first.
static std::string ruleCounts(const std::vector<const Finding *> &findings, const Style &style) {
  struct Count {
    size_t findings = 0;
    Severity worst = Severity::off;
  };
  std::map<std::string, Count> counts;
  for (const Finding *finding : findings) {
    Count &count = counts[finding->rule];
    ++count.findings;
    count.worst = std::max(count.worst, finding->severity);
  }
  std::vector<std::pair<std::string, Count>> ordered(counts.begin(), counts.end());
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto &a, const auto &b) {
    return a.second.findings > b.second.findings;
  });
  std::string text;
  for (const auto &[rule, count] : ordered) {
    std::string number = std::to_string(count.findings);
    number.insert(0, number.size() < 6 ? 6 - number.size() : 0, ' ');
    text += number + "  " + style.severity(count.worst, rule) + "\n";
  }
  return text;
}

/// A statement that could not be parsed is a finding already.
static std::vector<const Notice *> noticesToTell(const CheckResult &result,
                                                 const std::vector<const Finding *> &findings) {
  std::set<std::pair<std::string_view, Range>> told;
  for (const Finding *finding : findings)
    told.emplace(finding->file, finding->range);
  std::vector<const Notice *> notices;
  for (const Notice &notice : result.notices)
    if (notice.kind != "unanalyzed" || !told.contains({notice.file, notice.range}))
      notices.push_back(&notice);
  return notices;
}

std::string renderText(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  Style style(context.color);
  std::vector<const Finding *> findings = shownFindings(result, context);
  std::string text;
  if (!context.statistics)
    for (const Finding *finding : findings)
      text += findingText(*finding, places, style);
  std::vector<const Notice *> notices = noticesToTell(result, findings);
  for (const Notice *notice : notices)
    text += noticeText(*notice, places, style);
  if (!notices.empty())
    text += "\n";
  text += countLine(result, style);
  text += ruleCounts(findings, style);
  if (!context.next_steps.empty())
    text += "\n";
  for (const std::string &step : context.next_steps)
    text += style.dim(printable(step)) + "\n";
  return text;
}

std::string renderProblems(const ConfigReading &reading) {
  SourceMap sources;
  for (const SourceFile &file : reading.files)
    sources.try_emplace(file.path, std::make_shared<SourceFile>(file));
  Places places(sources);
  Style style(false);
  std::string text;
  for (const ConfigProblem &problem : reading.problems) {
    const SourceFile &file = reading.files[problem.file];
    Finding finding;
    finding.file = file.path;
    finding.range = problem.where;
    text += placeText(places, file.path, problem.where) + ": error: " + printable(problem.message) +
            "\n";
    FindingBody body(style, gutterWidth(finding, places));
    if (!file.text.empty())
      body.source(snippetOf(*places.lines(file.path), problem.where), Severity::error);
    text += body.take();
  }
  return text;
}

std::string renderConcise(const CheckResult &result, const ReportContext &context) {
  Places places(result.sources);
  Style style(context.color);
  std::string text;
  std::vector<const Finding *> findings = shownFindings(result, context);
  for (const Finding *finding : findings)
    text += headLine(*finding, places, style);
  for (const Notice *notice : noticesToTell(result, findings))
    text += noticeText(*notice, places, style);
  return text;
}

} // namespace lockstep::report
