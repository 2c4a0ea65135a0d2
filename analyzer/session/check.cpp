#include "base/hash.hpp"
#include "base/text.hpp"
#include "engine/runner.hpp"
#include "history/disk.hpp"
#include "session/scope.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace lockstep {

namespace {
/// One history's way to its findings.
class HistoryCheck {
public:
  HistoryCheck(const Settings &settings, const Scope &scope, const FileSelections &selections,
               const History &history)
      : settings_(settings), scope_(scope), selections_(selections),
        history_(history), rule_settings_{settings.options, tablesOf(settings, history)},
        deleted_(deletedMigrations(settings, scope, history)), read_(readerOf(scope)) {
    noteUnwanted();
  }

  CheckResult run() {
    PostgresVersions versions = versionsOf(settings_, history_);
    for (int postgres = versions.first; postgres <= versions.last; ++postgres)
      runOn(postgres, postgres == versions.first);
    if (versions.first != versions.last)
      settleVersions(versions);
    result_.histories.push_back(infoOf(history_));
    completeSources(result_.findings, result_.notices, read_, result_.sources);
    return std::move(result_);
  }

private:
  void noteUnwanted() {
    for (const Migration &migration : history_.migrations)
      for (const MigrationFile &file : migration.files)
        if (file.wanted)
          ++wanted_;
        else
          unwanted_.insert(file.path);
    if (unwanted_.empty())
      return;
    // A file may be part of several migrations.
    for (const Migration &migration : history_.migrations)
      for (const MigrationFile &file : migration.files)
        if (file.wanted)
          unwanted_.erase(file.path);
  }

  void runOn(int postgres, bool first) {
    Runner runner(selections_, rule_settings_, postgres);
    SimulationSink sink = runner.sink();
    auto take_file = sink.file;
    size_t done = 0;
    sink.file = [&](const FileReading &reading) {
      if (unwanted_.contains(reading.file->path))
        return;
      if (scope_.progress)
        scope_.progress(history_.path, ++done, wanted_);
      if (first)
        result_.files.push_back(reading.file->path);
      take_file(reading);
    };
    Catalog end =
        simulate(history_, simulationOf(settings_, scope_, history_, postgres), read_, sink);
    takeDeleted(take_file);
    RunResult run = runner.finish();
    std::erase_if(run.findings,
                  [&](const Finding &finding) { return unwanted_.contains(finding.file); });
    takeFindings(std::move(run.findings), postgres);
    result_.sources.merge(run.sources);
    if (!first)
      return;
    result_.notices = std::move(run.notices);
    noteIncomplete(history_, end, result_.notices);
    result_.summary.files = run.files;
    result_.summary.migrations = run.migrations;
    result_.summary.statements = run.statements;
    result_.summary.unanalyzed = run.unanalyzed;
  }

  void takeDeleted(const std::function<void(const FileReading &)> &take_file) {
    for (const DeletedMigration &deleted : deleted_) {
      FileReading reading;
      reading.history = &history_;
      reading.migration = &deleted.migration;
      reading.file = &deleted.file;
      reading.standing.deleted = true;
      reading.source = std::make_shared<SourceFile>(SourceFile{deleted.file.path, deleted.text});
      take_file(reading);
    }
  }

  /// Takes the sorted findings of a version: the same one on another version, or said twice, is the
  /// same finding.
  void takeFindings(std::vector<Finding> findings, int postgres) {
    auto keyOf = [](const Finding &finding) {
      return std::tie(finding.file, finding.range, finding.rule, finding.message);
    };
    auto isSame = [&](const Finding &a, const Finding &b) { return keyOf(a) == keyOf(b); };
    findings.erase(std::unique(findings.begin(), findings.end(), isSame), findings.end());
    for (Finding &finding : findings)
      finding.postgres.push_back(postgres);
    if (result_.findings.empty()) {
      result_.findings = std::move(findings);
      return;
    }
    std::vector<Finding> both;
    both.reserve(result_.findings.size() + findings.size());
    std::merge(std::move_iterator(result_.findings.begin()),
               std::move_iterator(result_.findings.end()), std::move_iterator(findings.begin()),
               std::move_iterator(findings.end()), std::back_inserter(both),
               [&](const Finding &a, const Finding &b) { return keyOf(a) < keyOf(b); });
    result_.findings.clear();
    for (Finding &finding : both) {
      if (!result_.findings.empty() && isSame(result_.findings.back(), finding))
        result_.findings.back().postgres.push_back(postgres);
      else
        result_.findings.push_back(std::move(finding));
    }
  }

  /// Of a check on several versions.
  void settleVersions(PostgresVersions versions) {
    // Two messages about one cause on different versions share a fingerprint: keep the first's.
    std::map<std::string, uint32_t> occurrences;
    for (Finding &finding : result_.findings) {
      if (uint32_t again = occurrences[finding.fingerprint]++; again > 0)
        finding.fingerprint = hexDigits(stableHash(finding.fingerprint + std::to_string(again)));
      size_t all = static_cast<size_t>(versions.last - versions.first + 1);
      if (finding.postgres.size() != all)
        finding.assumptions.push_back("PostgreSQL " + listed(finding.postgres) + " only");
    }
  }
  static std::string listed(const std::vector<int> &versions) {
    std::vector<std::string> words;
    for (int version : versions)
      words.push_back(std::to_string(version));
    return join(words, ", ");
  }

  const Settings &settings_;
  const Scope &scope_;
  const FileSelections &selections_;
  const History &history_;
  const RuleSettings rule_settings_;
  std::vector<DeletedMigration> deleted_;
  size_t wanted_ = 0;                             ///< How many files.
  std::unordered_set<std::string_view> unwanted_; ///< Paths; mostly none.
  FileReader read_;
  CheckResult result_;
};
} // namespace

/// Files of a later history mostly follow those that are there.
static void append(SourceMap &into, SourceMap &more) {
  if (into.empty())
    return into.swap(more);
  while (!more.empty())
    into.insert(into.end(), more.extract(more.begin()));
}

/// Plain SQL does not say how it is run: names the checks that wait for it. `histories` are paths.
static void noteExecution(const std::vector<std::string> &histories,
                          const FileSelections &selections, std::vector<Notice> &notices) {
  std::vector<std::string> waiting;
  for (const Rule *rule : selections.rules())
    if (rule->needs_execution && selections.runs(*rule))
      waiting.emplace_back(rule->id.text);
  if (histories.empty() || waiting.empty())
    return;
  std::string others;
  if (size_t count = histories.size() - 1; count > 0)
    others = format(" and those of {} other {}", std::to_string(count),
                    count == 1 ? "history" : "histories");
  notices.push_back(
      {"execution",
       format("how these files{} are run is not known; these checks wait for `execution:` in "
              "the configuration, or --execution: {}",
              others, join(waiting, ", ")),
       histories.front(),
       {}});
}

/// `settle` follows the last one.
static void add(CheckOutcome &into, CheckOutcome &more) {
  append(into.reach.unmatched, more.reach.unmatched);
  append(into.reach.unreadable, more.reach.unreadable);
  append(into.result.findings, more.result.findings);
  append(into.result.notices, more.result.notices);
  append(into.result.histories, more.result.histories);
  append(into.result.files, more.result.files);
  append(into.result.sources, more.result.sources);
  Summary &summary = into.result.summary;
  const Summary &added = more.result.summary;
  summary.files += added.files;
  summary.migrations += added.migrations;
  summary.statements += added.statements;
  summary.unanalyzed += added.unanalyzed;
}

static void settle(CheckResult &result) {
  sortFindings(result.findings);
  if (!std::is_sorted(result.files.begin(), result.files.end()))
    std::sort(result.files.begin(), result.files.end());
  countFindings(result.findings, result.summary);
}

static Result<FileSelections> selectionsOf(const Settings &settings,
                                           std::span<const Rule *const> rules) {
  return FileSelections::make(rules, settings.selection, settings.overrides,
                              settings.final_selection);
}

/// Whether all that the configuration speaks of was asked for.
static bool isComplete(const Scope &scope) {
  return scope.paths.empty() && !scope.changes && scope.start_after.empty();
}

Result<Baseline> readBaseline(const Settings &settings, const Scope &scope) {
  if (settings.baseline.empty())
    return Baseline();
  FileReader read = scope.read ? scope.read : FileReader(readFile);
  Result<std::string> text = read(settings.baseline);
  if (!text)
    return Error{text.error().message + "; `lockstep baseline create` writes a baseline"};
  return Baseline::parse(*text, settings.baseline);
}

std::vector<Baseline::Entry> staleEntries(const Baseline &baseline, const Settings &settings,
                                          const Scope &scope, std::span<const Rule *const> rules,
                                          const CheckResult &result) {
  Result<FileSelections> selections = selectionsOf(settings, rules);
  if (!selections)
    return {};
  std::set<std::string> checked;
  for (const std::string &file : result.files)
    checked.insert(baseline.relative(file));
  return baseline.stale(result.findings, [&](const Baseline::Entry &entry) {
    const Rule *rule = findRule(rules, entry.rule);
    if (rule && !selections->runs(*rule))
      return false;
    return checked.contains(entry.file) || isComplete(scope);
  });
}

/// Takes out of the count what the configuration and the baseline set aside.
static Status suppress(const Settings &settings, const Scope &scope,
                       std::span<const Rule *const> rules, const FileSelections &selections,
                       CheckResult &result) {
  std::vector<Notice> notices = applySuppressions(settings.suppressions, scope.today, selections,
                                                  result.files, isComplete(scope), result.findings);
  append(result.notices, notices);
  if (settings.baseline.empty())
    return Done{};
  Result<Baseline> baseline = readBaseline(settings, scope);
  if (!baseline)
    return baseline.error();
  baseline->apply(result.findings);
  std::vector<Baseline::Entry> stale = staleEntries(*baseline, settings, scope, rules, result);
  if (stale.empty())
    return Done{};
  constexpr size_t most_named = 3;
  std::vector<std::string> names;
  for (size_t i = 0; i < std::min(stale.size(), most_named); ++i)
    names.push_back(stale[i].rule + " in " + stale[i].file);
  if (stale.size() > most_named)
    names.emplace_back("…");
  result.notices.push_back({"baseline",
                            format("{} of this baseline match nothing any more ({}): `lockstep "
                                   "baseline prune` removes them",
                                   plural(stale.size(), "finding"), join(names, ", ")),
                            settings.baseline,
                            {}});
  return Done{};
}

Result<CheckOutcome> runCheck(const Settings &settings, const Scope &scope,
                              std::span<const Rule *const> rules) {
  Result<FileSelections> selections = selectionsOf(settings, rules);
  if (!selections)
    return selections.error();
  Result<Discovery> discovery = discoverScope(settings, scope);
  if (!discovery)
    return discovery.error();
  CheckOutcome outcome;
  outcome.reach = {std::move(discovery->unmatched), std::move(discovery->unreadable)};
  outcome.result.notices = std::move(discovery->notices);
  std::vector<CheckOutcome> by_history;
  std::vector<std::string> run_unknown;
  size_t findings = 0;
  for (const History &history : discovery->histories) {
    CheckOutcome &one = by_history.emplace_back();
    one.result = HistoryCheck(settings, scope, *selections, history).run();
    findings += one.result.findings.size();
    if (history.execution == ExecutionModel::unknown && !one.result.files.empty())
      run_unknown.push_back(history.path);
  }
  if (by_history.size() > 1)
    outcome.result.findings.reserve(findings);
  for (CheckOutcome &one : by_history)
    add(outcome, one);
  noteExecution(run_unknown, *selections, outcome.result.notices);
  settle(outcome.result);
  if (Status status = suppress(settings, scope, rules, *selections, outcome.result); !status)
    return status.error();
  completeSources({}, outcome.result.notices, readerOf(scope), outcome.result.sources);
  settle(outcome.result);
  return outcome;
}

Result<std::vector<std::string>> filesOf(const Settings &settings, const Scope &scope) {
  Result<Discovery> discovery = discoverScope(settings, scope);
  if (!discovery)
    return discovery.error();
  std::set<std::string> files;
  for (const History &history : discovery->histories) {
    auto is_wanted = simulationOf(settings, scope, history, settings.postgres.first).wanted;
    for (const Migration &migration : history.migrations)
      for (const MigrationFile &file : migration.files)
        if (file.wanted && is_wanted(migration))
          files.insert(file.path);
  }
  return std::vector<std::string>(files.begin(), files.end());
}

void merge(CheckOutcome &into, CheckOutcome &&more) {
  add(into, more);
  settle(into.result);
}

} // namespace lockstep
