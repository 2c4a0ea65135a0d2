#include "engine/runner.hpp"

#include "engine/subject.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace lockstep::engine {

/// True for a rule that also wants the steps that concern only new objects.
static bool wantsNew(const Rule &rule) {
  const bool about_use = rule.category == Category::locking ||
                         rule.category == Category::compatibility ||
                         rule.category == Category::data_loss;
  return !about_use || rule.on_new_objects;
}

Runner::Runner(const FileSelections &selections, const RuleSettings &settings, int postgres)
    : selections_(selections) {
  report_.postgres_ = postgres;
  report_.settings_ = &settings;
  for (const Rule *rule : selections.rules()) {
    if (!selections.runs(*rule))
      continue;
    for (const Check &check : rule->checks) {
      Bound bound{rule, check};
      if (check.step)
        (check.op == std::variant_npos ? every_step_ : by_op_[check.op])
            .push_back({rule, check.step, wantsNew(*rule)});
      else if (check.change_set)
        change_set_checks_.push_back(bound);
      else if (check.file)
        file_checks_.push_back(bound);
      else if (check.suppressions)
        suppression_checks_.push_back(bound);
    }
  }
}

SimulationSink Runner::sink() {
  SimulationSink sink;
  sink.file = [this](const FileReading &reading) { takeFile(reading); };
  sink.passing = [this](const StatementStep &step) { takeStatement(step); };
  sink.change_set = [this](const std::shared_ptr<const ChangeSet> &change_set) {
    takeChangeSet(*change_set);
  };
  sink.migration = [this](size_t migration) { endMigration(migration); };
  sink.unreadable = [this](const std::string &path, const Error &error) {
    takeUnreadable(path, error);
  };
  return sink;
}

void Runner::takeFile(const FileReading &reading) {
  if (!reading.standing.deleted) {
    ++open_.files;
    open_.migrations += reading.migration != last_migration_ ? 1 : 0;
    last_migration_ = reading.migration;
  }
  open_.statements += reading.statements;
  const std::string &path = reading.file->path;
  for (const ScriptProblem &problem : reading.problems) {
    if (!problem.leavesOut())
      continue;
    ++open_.unanalyzed;
    open_.notices.push_back(
        {"unanalyzed", "not analysed: " + problem.message, path, problem.where});
  }
  if (mayHaveSuppressions(reading.source->text, reading.comments))
    open_.suppressions.emplace(
        path, FileSuppressions(reading.source, reading.comments, selections_.of(path)));
  report_.file_ = &reading;
  for (const Bound &bound : file_checks_) {
    report_.rule_ = bound.rule;
    bound.check.file(reading, report_);
  }
  report_.file_ = nullptr;
}

void Runner::takeUnreadable(const std::string &path, const Error &error) {
  MigrationFile file;
  file.path = path;
  Migration migration;
  FileReading reading;
  reading.migration = &migration;
  reading.file = &file;
  reading.source = std::make_shared<SourceFile>(SourceFile{path, ""});
  reading.problems.push_back({ProblemKind::unreadable, error.message, {}, {}});
  takeFile(reading);
}

void Runner::noteUnmodelled(const StatementStep &step) {
  for (const Op &op : step.statement->ops) {
    if (!std::holds_alternative<Unmodelled>(op))
      continue;
    ++open_.unanalyzed;
    open_.notices.push_back({"unanalyzed",
                             format("not analysed: {} is not modelled", step.statement->kind),
                             step.file->path, step.statement->range});
  }
}

void Runner::runStep(const StepBound &bound, const Step &step) {
  report_.rule_ = bound.rule;
  report_.step_ = &step;
  bound.check(step, report_);
  report_.step_ = nullptr;
}

/// True where all that the effects are about is known and old, so that withoutNew would copy them.
static bool areAllOld(const Effects &effects, const StatementStep &step) {
  const auto isOld = [&](const EffectTarget &target) {
    const Relation *relation = step.before.relation(target.id);
    return relation && !step.isNew(*relation);
  };
  const auto areOld = [&](const auto &entries) {
    return std::all_of(entries.begin(), entries.end(),
                       [&](const auto &entry) { return isOld(entry.relation); });
  };
  return areOld(effects.locks) && areOld(effects.rewrites) && areOld(effects.scans) &&
         std::all_of(effects.index_builds.begin(), effects.index_builds.end(),
                     [&](const IndexBuild &build) { return isOld(build.table); });
}

void Runner::takeStatement(const StatementStep &step) {
  noteUnmodelled(step);
  const std::vector<Op> &ops = step.statement->ops;
  for (size_t i = 0; i < ops.size(); ++i) {
    const std::vector<StepBound> &bounds = by_op_[ops[i].index()];
    if (bounds.empty() && every_step_.empty())
      continue;
    bool only_new = concernsOnlyNew(ops[i], step);
    const Effects &all = step.effects.per_op[i];
    const bool all_old = areAllOld(all, step);
    const Effects reduced = all_old ? Effects() : withoutNew(all, step);
    Step view{.op = ops[i], .index = i, .at = step, .effects = all_old ? all : reduced};
    for (const StepBound &bound : bounds)
      if (bound.on_new || !only_new)
        runStep(bound, view);
    for (const StepBound &bound : every_step_)
      if (bound.on_new || !only_new)
        runStep(bound, view);
  }
}

void Runner::takeChangeSet(const ChangeSet &change_set) {
  OpSet ops;
  for (const StatementStep &step : change_set.statements) {
    for (const Op &op : step.statement->ops)
      ops.add(op.index());
    takeStatement(step);
  }
  for (const Bound &bound : change_set_checks_) {
    if (!bound.check.change_sets.empty() && !bound.check.change_sets.intersects(ops))
      continue;
    report_.rule_ = bound.rule;
    bound.check.change_set(change_set, report_);
  }
  settleEntries(open_);
}

bool Judgement::empty() const {
  return files == 0 && unanalyzed == 0 && findings.empty() && notices.empty();
}

/// What has no finding yet waits for its change set, which ends with a later migration.
void Runner::endMigration(size_t migration) {
  if (open_.empty())
    return;
  open_.migration = migration;
  hashStatements(open_.findings, open_.sources, paths_);
  done_.push_back(std::exchange(open_, {}));
}

void Runner::dropSuperseded() {
  auto sameOp = [](const ReportEntry &a, const ReportEntry &b) {
    return a.statement == b.statement && a.op == b.op;
  };
  std::vector<ReportEntry> &entries = report_.entries_;
  auto isEarlier = [](const ReportEntry &a, const ReportEntry &b) {
    return std::tie(a.statement, a.op) < std::tie(b.statement, b.op);
  };
  if (!std::is_sorted(entries.begin(), entries.end(), isEarlier))
    std::stable_sort(entries.begin(), entries.end(), isEarlier);
  // Most ops have one finding or none.
  if (std::adjacent_find(entries.begin(), entries.end(), sameOp) == entries.end())
    return;
  std::vector<ReportEntry> kept;
  for (auto begin = entries.begin(); begin != entries.end();) {
    auto end = std::find_if_not(begin, entries.end(),
                                [&](const ReportEntry &entry) { return sameOp(entry, *begin); });
    // One op may have thousands of findings, but by few rules.
    std::set<std::string_view> superseded;
    const Rule *last = nullptr;
    for (auto entry = begin; entry != end && entry->statement != 0; ++entry)
      if (const Rule *rule = entry->rule; rule != std::exchange(last, rule))
        superseded.insert(rule->supersedes.begin(), rule->supersedes.end());
    for (auto entry = begin; entry != end; ++entry)
      if (!superseded.contains(entry->rule->id.text))
        kept.push_back(std::move(*entry));
    begin = end;
  }
  entries = std::move(kept);
}

/// What breaks nothing but time is at most worth knowing on a small table, and no mere risk on a
/// large one.
static Severity sized(Severity severity, SizeClass size) {
  if (size == SizeClass::small)
    return std::min(severity, Severity::info);
  return size == SizeClass::large && severity == Severity::warning ? Severity::error : severity;
}

void Runner::settleEntries(Judgement &judgement) {
  // A rule may run for other files only; there it supersedes nothing either.
  std::erase_if(report_.entries_, [&](const ReportEntry &entry) {
    return selections_.of(entry.finding.file).severityOf(*entry.rule) == Severity::off;
  });
  dropSuperseded();
  for (ReportEntry &entry : report_.entries_) {
    Finding &finding = entry.finding;
    const Selection &selection = selections_.of(finding.file);
    finding.severity = selection.severityOf(*entry.rule);
    if (!selection.isForced(*entry.rule)) {
      if (entry.adjusted != Severity::off)
        finding.severity = entry.adjusted;
      finding.severity = sized(finding.severity, entry.size);
    }
    if (finding.severity == Severity::info && selection.wantsOnlyRaised(*entry.rule))
      continue;
    // Mostly a file that comes after all others so far, or the last one again.
    if (entry.source)
      judgement.sources.try_emplace(judgement.sources.end(), finding.file, entry.source);
    judgement.findings.push_back(std::move(finding));
  }
  report_.entries_.clear();
}

void Runner::runSuppressionChecks(const std::map<std::string, FileSuppressions> &suppressions,
                                  Judgement &judgement) {
  for (const auto &[path, of_file] : suppressions) {
    MigrationFile file;
    file.path = path;
    Migration migration;
    FileReading reading;
    reading.migration = &migration;
    reading.file = &file;
    report_.file_ = &reading;
    for (const Bound &bound : suppression_checks_) {
      report_.rule_ = bound.rule;
      bound.check.suppressions(of_file, report_);
    }
    report_.file_ = nullptr;
    if (!report_.entries_.empty())
      judgement.sources.emplace(path, of_file.source());
    settleEntries(judgement);
  }
}

std::vector<Judgement> Runner::take() {
  settleEntries(open_);
  endMigration(SIZE_MAX);
  last_migration_ = nullptr;
  return std::exchange(done_, {});
}

/// Moves to `result` what `judgement` holds, but for its suppressions.
static void add(RunResult &result, Judgement &judgement) {
  std::move(judgement.findings.begin(), judgement.findings.end(),
            std::back_inserter(result.findings));
  std::move(judgement.notices.begin(), judgement.notices.end(), std::back_inserter(result.notices));
  // Mostly files that come after all others so far.
  for (auto &[path, source] : judgement.sources)
    result.sources.try_emplace(result.sources.end(), path, std::move(source));
  result.files += judgement.files;
  result.migrations += judgement.migrations;
  result.statements += judgement.statements;
  result.unanalyzed += judgement.unanalyzed;
}

RunResult Runner::join(std::vector<Judgement> judgements) {
  RunResult result;
  std::map<std::string, FileSuppressions> suppressions;
  size_t count = 0;
  for (Judgement &judgement : judgements) {
    count += judgement.findings.size();
    suppressions.merge(judgement.suppressions);
  }
  result.findings.reserve(count);
  for (Judgement &judgement : judgements)
    add(result, judgement);
  if (!suppressions.empty()) {
    for (Finding &finding : result.findings)
      if (auto of_file = suppressions.find(finding.file); of_file != suppressions.end())
        of_file->second.apply(finding);
    Judgement last;
    runSuppressionChecks(suppressions, last);
    for (Finding &finding : last.findings)
      suppressions.at(finding.file).apply(finding);
    hashStatements(last.findings, last.sources, paths_);
    add(result, last);
  }
  sortFindings(result.findings);
  makeFingerprints(result.findings);
  return result;
}

} // namespace lockstep::engine
