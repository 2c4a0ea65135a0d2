#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "report/escape.hpp"
#include "report/format.hpp"
#include "report/text.hpp"
#include "rules/registry.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace lockstep {

static void append(std::vector<std::string> &into, const std::vector<std::string> &more) {
  into.insert(into.end(), more.begin(), more.end());
}

static void overrule(Settings &settings, const CheckArguments &check) {
  if (!check.selection.select.empty())
    settings.selection.select = check.selection.select;
  append(settings.selection.extend_select, check.selection.extend_select);
  append(settings.selection.ignore, check.selection.ignore);
  for (const auto &entry : check.selection.severities)
    settings.selection.severities.push_back(entry);
  if (check.fail_on)
    settings.fail_on = *check.fail_on;
}

static bool failsOn(const Finding &finding, Severity fail_on) {
  return !finding.suppressed && fail_on != Severity::off && finding.severity >= fail_on;
}

/// Leaves what makes the check fail.
static void quieten(CheckResult &result, Severity fail_on) {
  Severity least = fail_on == Severity::off ? Severity::error : fail_on;
  std::erase_if(result.findings, [&](const Finding &finding) { return !failsOn(finding, least); });
  result.notices.clear();
}

static int listFiles(const std::vector<InputGroup> &groups) {
  std::vector<std::string> files;
  for (const InputGroup &group : groups) {
    Result<std::vector<std::string>> found = filesOf(group.settings, group.scope);
    if (!found) {
      complain(found.error().message);
      return 2;
    }
    append(files, *found);
  }
  std::sort(files.begin(), files.end());
  std::string text;
  for (const std::string &file : files)
    text += printable(file) + "\n";
  return writeOut(text) ? 0 : 2;
}

static bool writeReport(const ReportTarget &target, const std::string &text) {
  if (target.file == "-") {
    if (writeOut(text))
      return true;
    complain(format("cannot write to standard output: {}", std::strerror(errno)));
    return false;
  }
  std::FILE *file = std::fopen(target.file.c_str(), "wb");
  bool complete = file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  int problem = errno;
  if (file && std::fclose(file) != 0)
    complete = false;
  if (!complete)
    complain(format("cannot write '{}': {}", printable(target.file), std::strerror(problem)));
  return complete;
}

/// What helps on a history that is full of old findings.
static std::vector<std::string> nextSteps(const CheckArguments &check, const CheckResult &result) {
  if (result.findings.empty() || !check.input.start_after.empty() || check.quiet)
    return {};
  return {"`lockstep explain RULE` shows why, and the safe way.",
          "--start-after VERSION reports only on migrations after the one that is deployed."};
}

/// Formats that have no place for it leave it to standard error that something was not analysed.
static bool tellsCoverage(ReportFormat format) {
  return format != ReportFormat::concise && format != ReportFormat::gitlab &&
         format != ReportFormat::checkstyle && format != ReportFormat::rdjson;
}

int checkCommand(const Tool &tool, Words words) {
  Parsed<CheckArguments> parsed = parseCheck(words);
  if (!parsed.arguments)
    return parsed.status;
  const CheckArguments &check = *parsed.arguments;
  Result<std::vector<InputGroup>> groups = groupInput(check.input, allRules());
  if (!groups) {
    complain(groups.error().message);
    return 2;
  }
  if (check.show_files)
    return listFiles(*groups);

  CheckOutcome outcome;
  bool fails = false;
  for (InputGroup &group : *groups) {
    overrule(group.settings, check);
    Result<CheckOutcome> one = runCheck(group.settings, group.scope, allRules());
    if (!one) {
      complain(one.error().message);
      return 2;
    }
    Severity fail_on = group.settings.fail_on;
    for (const Finding &finding : one->result.findings)
      fails |= failsOn(finding, fail_on);
    merge(outcome, std::move(*one));
    if (check.quiet)
      quieten(outcome.result, fail_on);
  }
  fails |= check.max_warnings && outcome.result.summary.warnings > *check.max_warnings;

  ReportContext context = reportContext(tool);
  context.show_suppressed = check.show_suppressed;
  context.statistics = check.statistics;
  context.next_steps = nextSteps(check, outcome.result);
  bool broken = false;
  bool told = false;
  for (const ReportTarget &target : check.reports) {
    context.color = target.file == "-" && wantsColor(check.input.color);
    broken |= !writeReport(target, render(target.format, outcome.result, context));
    told |= tellsCoverage(target.format);
  }
  if (!told && outcome.result.summary.unanalyzed > 0)
    complain(coverageText(outcome.result.summary));
  broken |= complainAbout(outcome.reach, check.input);
  return broken ? 2 : fails ? 1 : 0;
}

} // namespace lockstep
