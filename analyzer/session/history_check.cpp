#include "session/history_check.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

namespace lockstep::session {

HistoryCheck::HistoryCheck(const Settings &settings, const Scope &scope,
                           const FileSelections &selections, FoundHistory found, Life life,
                           PoolSource pool)
    : settings_(settings), scope_(scope), selections_(selections),
      life_(life), rule_settings_{settings.options, tablesOf(settings, found.history)},
      read_(readerOf(scope)), history_(std::make_shared<const History>(std::move(found.history))),
      wanted_(std::move(found.wanted)) {
  const PostgresVersions versions = versionsOf(settings, *history_);
  const SimulationOptions options = simulationOf(settings, scope, *history_, versions.first);
  for (int postgres = versions.first; postgres <= versions.last; ++postgres) {
    versions_.push_back(std::make_unique<Version>());
    versions_.back()->options = options;
    versions_.back()->options.effects.postgres = postgres;
  }
  lookAround();
  Scripts::Options parsing;
  parsing.directions = {true, scope_.down};
  parsing.readers = life_ == Life::many_questions ? 0 : static_cast<unsigned>(versions_.size());
  parsing.pool = std::move(pool);
  scripts_ = std::make_unique<Scripts>(history_, read_, std::move(parsing));
}

/// Finds out what is asked of the history as it stands.
void HistoryCheck::lookAround() {
  reporting_ = reportingOf(scope_, *history_, wanted_);
  deleted_ = deletedMigrations(settings_, scope_, *history_);
  files_ = 0;
  unwanted_.clear();
  const std::vector<Migration> &migrations = history_->migrations;
  const auto forEachFile = [&](auto &&visit) {
    for (size_t i = 0; i < migrations.size(); ++i)
      for (size_t j = 0; j < migrations[i].files.size(); ++j)
        visit(migrations[i].files[j].path, wanted_.contains(i, j));
  };
  forEachFile([&](const std::string &path, bool wanted) {
    if (wanted)
      ++files_;
    else
      unwanted_.insert(path);
  });
  // A file may be part of several migrations.
  if (!unwanted_.empty())
    forEachFile([&](const std::string &path, bool wanted) {
      if (wanted)
        unwanted_.erase(path);
    });
}

/// Forgets what came after the first `migrations`, or belongs to a change set that did.
void HistoryCheck::cutTo(Version &version, size_t migrations) {
  const size_t start = startOfChange(version.options.members.get(),
                                     std::min(migrations, version.timeline.migrations()));
  version.is_current = false;
  // The base schema may be another one, too.
  if (start == 0)
    version.timeline.clear();
  else
    version.timeline.cutTo(start);
  std::erase_if(version.judgements,
                [&](const Judgement &judgement) { return judgement.migration >= start; });
  std::erase_if(version.files, [&](const auto &file) { return file.first >= start; });
}

void HistoryCheck::cutTo(size_t migrations) {
  result_.reset();
  for (auto &version : versions_)
    cutTo(*version, migrations);
}

void HistoryCheck::textsChanged(const std::set<std::string> &paths) {
  size_t first = history_->migrations.size();
  for (size_t i = 0; i < first; ++i)
    for (const MigrationFile &file : history_->migrations[i].files)
      if (paths.contains(file.path))
        first = i;
  if (paths.contains(history_->base_schema))
    first = 0;
  else if (first == history_->migrations.size())
    return;
  const auto changed = [&](const std::string &path) { return paths.contains(path); };
  scripts_->update(history_, changed);
  cutTo(first);
}

/// How many migrations two readings of a history begin with alike.
static size_t alikeAtStart(const History &a, const History &b) {
  if (!readsAlike(a, b) || a.base_schema != b.base_schema)
    return 0;
  const auto ends = std::mismatch(a.migrations.begin(), a.migrations.end(), b.migrations.begin(),
                                  b.migrations.end());
  return static_cast<size_t>(ends.first - a.migrations.begin());
}

static bool hasDownFiles(const History &history) {
  return std::any_of(
      history.migrations.begin(), history.migrations.end(), [](const Migration &migration) {
        return std::any_of(migration.files.begin(), migration.files.end(),
                           [](const auto &file) { return file.direction == Direction::down; });
      });
}

void HistoryCheck::become(FoundHistory found, const std::set<std::string> &changed) {
  const std::shared_ptr<const History> old = history_;
  const FileSet wanted_before = std::move(wanted_);
  history_ = std::make_shared<const History>(std::move(found.history));
  wanted_ = std::move(found.wanted);
  const SimulationOptions options =
      simulationOf(settings_, scope_, *history_, versions_.front()->options.effects.postgres);
  size_t same = alikeAtStart(*old, *history_);
  for (size_t i = 0; i < same; ++i)
    for (size_t j = 0; j < history_->migrations[i].files.size(); ++j)
      if (wanted_.contains(i, j) != wanted_before.contains(i, j) ||
          changed.contains(history_->migrations[i].files[j].path))
        same = i;
  // How one stands may depend on those that come after it.
  if (options.members || versions_.front()->options.members ||
      hasDownFiles(*old) != hasDownFiles(*history_) || changed.contains(history_->base_schema))
    same = 0;
  scripts_->update(history_, [&](const std::string &path) { return changed.contains(path); });
  cutTo(same);
  for (auto &version : versions_)
    version->options.members = options.members;
  lookAround();
}

/// Shows the rules the files that the change set took away.
void HistoryCheck::takeDeleted(const SimulationSink &sink) const {
  for (const DeletedMigration &deleted : deleted_) {
    FileReading reading;
    reading.history = history_.get();
    reading.migration = &deleted.migration;
    reading.file = &deleted.file;
    reading.standing.deleted = true;
    reading.source = std::make_shared<SourceFile>(SourceFile{deleted.file.path, deleted.text});
    sink.file(reading);
  }
}

bool HistoryCheck::run(size_t index, const std::stop_token &stop) {
  Version &version = *versions_[index];
  if (version.is_current)
    return true;
  Runner runner(selections_, rule_settings_, version.options.effects.postgres);
  const SimulationSink judged = runner.sink();
  SimulationSink sink = judged;
  size_t done = version.files.size();
  sink.file = [&](const FileReading &reading) {
    if (unwanted_.contains(reading.file->path))
      return;
    if (scope_.progress)
      scope_.progress(history_->path, ++done, files_);
    if (index == 0)
      version.files.emplace_back(reading.migration - history_->migrations.data(),
                                 reading.file->path);
    judged.file(reading);
  };
  // What belongs to no migration is made again.
  std::erase_if(version.judgements,
                [](const Judgement &judgement) { return judgement.migration == SIZE_MAX; });
  Simulation simulation(*history_, version.options, reporting_, *scripts_, read_, sink);
  Catalog end;
  bool complete = true;
  if (life_ == Life::one_question) {
    end = simulation.run();
  } else {
    complete = simulation.extend(version.timeline, stop);
    end = version.timeline.after(version.timeline.migrations()).session.catalog();
  }
  if (complete)
    takeDeleted(judged);
  std::vector<Judgement> judgements = runner.take();
  std::move(judgements.begin(), judgements.end(), std::back_inserter(version.judgements));
  if (!complete) {
    cutTo(version, version.timeline.migrations());
    return false;
  }
  version.run =
      runner.join(life_ == Life::one_question ? std::move(version.judgements) : version.judgements);
  std::erase_if(version.run.findings,
                [&](const Finding &finding) { return unwanted_.contains(finding.file); });
  version.incomplete_since.reset();
  if (const Origin *origin = end.incompleteSince())
    version.incomplete_since = *origin;
  version.is_current = true;
  return true;
}

/// Takes the sorted findings of a version: the same one on another version, or said twice, is the
/// same finding.
static void takeFindings(std::vector<Finding> findings, int postgres, std::vector<Finding> &into) {
  auto keyOf = [](const Finding &finding) {
    return std::tie(finding.file, finding.range, finding.rule, finding.message);
  };
  auto isSame = [&](const Finding &a, const Finding &b) { return keyOf(a) == keyOf(b); };
  findings.erase(std::unique(findings.begin(), findings.end(), isSame), findings.end());
  for (Finding &finding : findings)
    finding.postgres.push_back(postgres);
  if (into.empty()) {
    into = std::move(findings);
    return;
  }
  std::vector<Finding> both;
  both.reserve(into.size() + findings.size());
  std::merge(std::move_iterator(into.begin()), std::move_iterator(into.end()),
             std::move_iterator(findings.begin()), std::move_iterator(findings.end()),
             std::back_inserter(both),
             [&](const Finding &a, const Finding &b) { return keyOf(a) < keyOf(b); });
  into.clear();
  for (Finding &finding : both) {
    if (!into.empty() && isSame(into.back(), finding))
      into.back().postgres.push_back(postgres);
    else
      into.push_back(std::move(finding));
  }
}

static std::string listed(const std::vector<int> &versions) {
  std::vector<std::string> words;
  for (int version : versions)
    words.push_back(std::to_string(version));
  return join(words, ", ");
}

/// Of a check on several versions.
static void settleVersions(size_t versions, std::vector<Finding> &findings) {
  // Two messages about one cause on different versions share a fingerprint: keep the first's.
  std::map<std::string, uint32_t> occurrences;
  for (Finding &finding : findings) {
    if (uint32_t again = occurrences[finding.fingerprint]++; again > 0)
      finding.fingerprint = hexDigits(stableHash(finding.fingerprint + std::to_string(again)));
    if (finding.postgres.size() != versions)
      finding.assumptions.push_back("PostgreSQL " + listed(finding.postgres) + " only");
  }
}

bool HistoryCheck::isCurrent() const {
  return std::all_of(versions_.begin(), versions_.end(),
                     [](const auto &version) { return version->is_current; });
}

CheckResult HistoryCheck::result() {
  if (result_)
    return *result_;
  CheckResult result;
  const bool lives = life_ == Life::many_questions;
  for (auto &version : versions_) {
    RunResult run = lives ? version->run : std::move(version->run);
    takeFindings(std::move(run.findings), version->options.effects.postgres, result.findings);
    result.sources.merge(run.sources);
    if (version != versions_.front())
      continue;
    result.notices = std::move(run.notices);
    if (version->incomplete_since)
      noteIncomplete(*history_, *version->incomplete_since, result.notices);
    result.summary.files = run.files;
    result.summary.migrations = run.migrations;
    result.summary.statements = run.statements;
    result.summary.unanalyzed = run.unanalyzed;
    for (const auto &[migration, path] : version->files)
      result.files.push_back(path);
  }
  if (versions_.size() > 1)
    settleVersions(versions_.size(), result.findings);
  result.histories.push_back(infoOf(*history_));
  completeSources(result.findings, result.notices, read_, result.sources);
  if (lives)
    result_ = result;
  return result;
}

} // namespace lockstep::session
