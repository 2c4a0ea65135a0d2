#include "base/text.hpp"
#include "base/write_file.hpp"
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "engine/fixes.hpp"
#include "report/context.hpp"
#include "report/escape.hpp"
#include "report/formats/format.hpp"
#include "report/formats/patch.hpp"
#include "rules/registry.hpp"
#include "session/fix.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>

namespace lockstep::cli {

static void append(std::vector<std::string> &into, const std::vector<std::string> &more) {
  into.insert(into.end(), more.begin(), more.end());
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

static int listFiles(const std::vector<Project> &projects) {
  std::vector<std::string> files;
  for (const Project &project : projects) {
    Result<std::vector<std::string>> found = project.files();
    if (!found) {
      complain(found.error().message);
      return 2;
    }
    append(files, *found);
  }
  std::sort(files.begin(), files.end());
  std::string text;
  for (const std::string &file : files)
    text += printablePath(file) + "\n";
  return writeOut(Channel::text, std::move(text)) ? 0 : 2;
}

static bool writeReport(const ReportTarget &target, const CheckResult &result,
                        const ReportContext &context) {
  const Channel channel = channelOf(target.format, context.color);
  std::string text = render(target.format, result, context);
  if (target.file == "-")
    return writeOut(channel, std::move(text));
  Status written = writeFile(target.file, sealed(channel, std::move(text)));
  if (!written)
    complain(written.error().message);
  return bool(written);
}

/// What helps on a history that is full of old findings.
static std::vector<std::string> nextSteps(const CheckArguments &check,
                                          const std::vector<Project> &projects,
                                          const CheckResult &result) {
  if (result.findings.empty() || !check.input.start_after.empty() || check.quiet)
    return {};
  for (const Project &project : projects)
    if (project.scope().changes || !project.settings().baseline.empty())
      return {};
  return {"`lockstep explain RULE` shows why, and the safe way.",
          "--since REVISION or --start-after VERSION reports only on what is not deployed yet;",
          "`lockstep baseline create` sets these findings aside."};
}

/// Formats that have no place for it leave it to standard error that something was not analysed.
static bool tellsCoverage(ReportFormat format) {
  return format != ReportFormat::concise && format != ReportFormat::gitlab &&
         format != ReportFormat::checkstyle && format != ReportFormat::rdjson;
}

/// How many findings have fixes of which none is safe.
static size_t unsafelyFixable(const CheckResult &result) {
  return static_cast<size_t>(
      std::count_if(result.findings.begin(), result.findings.end(), [](const Finding &finding) {
        return !finding.fixes.empty() &&
               std::all_of(finding.fixes.begin(), finding.fixes.end(),
                           [](const Fix &fix) { return fix.safety == FixSafety::unsafe; });
      }));
}

namespace {
/// What the projects came to, together.
struct Checked {
  CheckOutcome outcome;
  std::vector<FixedFile> fixed_files;
  size_t fixed = 0;
  size_t left_alone = 0;
  bool fails = false;
  bool broken = false; ///< A fixed file could not be written.
};
} // namespace

/// Writes the fixed files; those that cannot be written go back to what they were, and the project
/// is checked again as it is. False where one could not be written.
static Result<bool> writeFixes(Session &session, Project &project, FixOutcome &outcome) {
  std::vector<FixedFile> failed;
  std::erase_if(outcome.files, [&](FixedFile &file) {
    Status written = writeFile(file.path, file.after, {.expected = file.before});
    if (written)
      return false;
    complain(written.error().message);
    outcome.fixed -= file.fixes;
    failed.push_back(std::move(file));
    return true;
  });
  if (failed.empty())
    return true;
  for (const FixedFile &file : failed)
    session.dropText(file.path);
  Result<CheckOutcome> again = project.check();
  if (!again)
    return again.error();
  outcome.check = std::move(*again);
  return false;
}

/// One project's check, with fixes where they are asked for, which `--fix` writes.
static Result<FixOutcome> checkOne(Session &session, Project &project, const CheckArguments &check,
                                   bool &broken) {
  if (check.fix || check.diff) {
    Result<FixOutcome> fixed = runFixes(session, project, check.unsafe_fixes);
    if (!fixed)
      return fixed;
    if (check.diff)
      return fixed;
    Result<bool> written = writeFixes(session, project, *fixed);
    if (!written)
      return written.error();
    broken |= !*written;
    return fixed;
  }
  Result<CheckOutcome> plain = project.check();
  if (!plain)
    return plain.error();
  FixOutcome outcome;
  outcome.check = std::move(*plain);
  return outcome;
}

static Result<Checked> checkAll(Session &session, const CheckArguments &check) {
  Checked checked;
  for (Project &project : session.projects()) {
    Result<FixOutcome> one = checkOne(session, project, check, checked.broken);
    if (!one)
      return one.error();
    Severity fail_on = project.settings().fail_on;
    for (const Finding &finding : one->check.result.findings)
      checked.fails |= failsOn(finding, fail_on);
    if (check.quiet)
      quieten(one->check.result, fail_on);
    merge(checked.outcome, std::move(one->check));
    std::move(one->files.begin(), one->files.end(), std::back_inserter(checked.fixed_files));
    checked.fixed += one->fixed;
    checked.left_alone += one->left_alone;
  }
  order(checked.outcome.result);
  checked.fails |=
      check.max_warnings && checked.outcome.result.summary.warnings > *check.max_warnings;
  return checked;
}

static int printDiff(const Checked &checked) {
  std::string text;
  for (const FixedFile &file : checked.fixed_files)
    if (const Patch patch = renderPatch(file.path, file.before, file.after); patch.applies) {
      text += patch.text;
    } else {
      // Each line is behind a '#' already.
      text += sealed(Channel::text, patch.text);
      complain(
          format("the patch of '{}' cannot be applied: its lines contain text that a CI log could "
                 "take for a command, or invisible characters, which are shown escaped; use --fix "
                 "instead",
                 file.path));
    }
  const bool is_empty = text.empty();
  if (!writeOut(Channel::patch, std::move(text)))
    return 2;
  return is_empty ? 0 : 1;
}

int checkCommand(const Tool &tool, Words words) {
  Parsed<CheckArguments> parsed = parseCheck(words);
  if (!parsed.arguments)
    return parsed.status;
  CheckArguments &check = *parsed.arguments;
  auto progress = std::make_unique<Progress>();
  check.input.progress = [&](const std::string &history, size_t done, size_t all) {
    progress->tell(history, done, all);
  };
  const bool edits = check.fix || check.diff;
  std::optional<Session> session =
      openSession(check.input, edits ? Life::many_questions : Life::one_question);
  if (!session)
    return 2;
  if (check.show_files)
    return listFiles(session->projects());
  Result<Checked> checked = checkAll(*session, check);
  progress.reset();
  if (!checked) {
    complain(checked.error().message);
    return 2;
  }
  if (checked->left_alone > 0)
    complain(plural(checked->left_alone, "finding") +
             " not fixed, in files that may have been applied: name the files, or say what is "
             "new with --since or --start-after");
  if (check.diff) {
    int status = printDiff(*checked);
    return complainAbout(checked->outcome.reach, check.input) ? 2 : status;
  }
  bool broken = checked->broken;
  if (check.fix && checked->fixed > 0)
    complain("fixed " + plural(checked->fixed, "finding") + " in " +
             plural(checked->fixed_files.size(), "file"));

  const CheckResult &result = checked->outcome.result;
  if (check.fix && !check.unsafe_fixes && checked->left_alone == 0)
    if (const size_t left = unsafelyFixable(result); left > 0)
      complain(plural(left, "finding") +
               " with a fix that needs a look afterwards: --unsafe-fixes makes these, too");
  ReportContext context = reportContext(tool);
  context.show_suppressed = check.show_suppressed;
  context.statistics = check.statistics;
  context.next_steps = nextSteps(check, session->projects(), result);
  bool told = false;
  for (const ReportTarget &target : check.reports) {
    context.color = target.file == "-" && wantsColor(check.input.color);
    broken |= !writeReport(target, result, context);
    told |= tellsCoverage(target.format);
  }
  if (!told && result.summary.unanalyzed > 0)
    complain(coverageText(result.summary));
  broken |= complainAbout(checked->outcome.reach, check.input);
  return broken ? 2 : checked->fails ? 1 : 0;
}

} // namespace lockstep::cli
