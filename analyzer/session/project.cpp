#include "session/project.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "history/files/disk.hpp"
#include "session/side_by_side.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

namespace lockstep::session {

Project::Project(Settings settings, Scope scope, std::span<const Rule *const> rules, Life life)
    : state_(std::make_unique<State>(State{std::move(settings), std::move(scope), {}})),
      rules_(rules), life_(life) {
  if (!state_->scope.progress)
    return;
  state_->scope.progress = [tell = std::move(state_->scope.progress),
                            lock = std::make_shared<std::mutex>()](const std::string &history,
                                                                   size_t done, size_t all) {
    const std::lock_guard guard(*lock);
    tell(history, done, all);
  };
}

/// The histories as they stand now; `looked_at` receives the files that were read to find them.
Result<Discovery> Project::look(std::set<std::string> *looked_at) const {
  if (!looked_at)
    return discoverScope(state_->settings, state_->scope);
  Scope watched = state_->scope;
  const FileReader disk = watched.read ? watched.read : FileReader(readFile);
  watched.read = [&](const std::string &path) {
    looked_at->insert(path);
    return disk(path);
  };
  return discoverScope(state_->settings, watched);
}

void Project::fileChanged(const std::string &changed) {
  const std::string path = displayPath(changed);
  changed_.insert(path);
  look_again_ = look_again_ || !own_files_.contains(path) || looked_at_.contains(path) ||
                !readerOf(state_->scope)(path);
}

void Project::repositoryChanged() {
  if (!state_->scope.changes)
    return;
  state_->scope.changes = state_->scope.changes->again();
  look_again_ = true;
}

void Project::setUnsaved(std::vector<std::string> files) {
  look_again_ = look_again_ || files != state_->scope.unsaved;
  state_->scope.unsaved = std::move(files);
}

void Project::takeHistories(std::vector<FoundHistory> found) {
  std::vector<std::unique_ptr<HistoryCheck>> before = std::exchange(histories_, {});
  std::map<std::pair<std::string, std::string>, std::unique_ptr<HistoryCheck> *> known_by_path;
  for (std::unique_ptr<HistoryCheck> &one : before)
    known_by_path.try_emplace({one->history().path, one->history().framework}, &one);
  // A history that is checked side by side with others leaves the threads to them.
  const bool alone = life_ == Life::one_question && found.size() == 1 &&
                     versionsOf(state_->settings, found.front().history).count() == 1;
  for (FoundHistory &one : found) {
    const auto known = known_by_path.find({one.history.path, one.history.framework});
    if (known != known_by_path.end() && *known->second) {
      (*known->second)->become(std::move(one), changed_);
      histories_.push_back(std::move(*known->second));
      continue;
    }
    histories_.push_back(std::make_unique<HistoryCheck>(state_->settings, state_->scope,
                                                        *state_->selections, std::move(one), life_,
                                                        alone ? state_->scope.pool : PoolSource()));
  }
  own_files_.clear();
  if (life_ == Life::one_question)
    return;
  for (const auto &history : histories_) {
    own_files_.insert(history->history().base_schema);
    for (const Migration &migration : history->history().migrations)
      for (const MigrationFile &file : migration.files)
        own_files_.insert(file.path);
  }
}

/// Finds the histories where they may be others, and tells those that stay what has changed.
Status Project::bringUpToDate() {
  if (!state_->selections) {
    const Settings &settings = state_->settings;
    Result<FileSelections> selections = FileSelections::make(
        rules_, settings.selection, settings.overrides, settings.final_selection);
    if (!selections)
      return selections.error();
    state_->selections = std::move(*selections);
  }
  if (look_again_) {
    looked_at_.clear();
    Result<Discovery> discovery = look(life_ == Life::many_questions ? &looked_at_ : nullptr);
    if (!discovery)
      return discovery.error();
    reach_ = reachOf(state_->scope, *discovery);
    takeHistories(std::exchange(discovery->histories, {}));
    discovery_ = std::move(*discovery);
    look_again_ = life_ == Life::one_question;
  } else if (!changed_.empty()) {
    for (auto &history : histories_)
      history->textsChanged(changed_);
  }
  changed_.clear();
  return Done{};
}

/// Checks all histories on all their versions, side by side; false where it was stopped.
bool Project::runAll(const std::stop_token &stop) {
  struct Item {
    HistoryCheck *history = nullptr;
    size_t version = 0;
    bool complete = false;
  };
  std::vector<Item> items;
  std::vector<size_t> sizes;
  for (auto &history : histories_)
    for (size_t i = 0; i < history->versions(); ++i) {
      items.push_back({history.get(), i});
      sizes.push_back(history->files());
    }
  sideBySide(state_->scope.pool, sizes, [&](size_t place) {
    Item &item = items[place];
    item.complete = item.history->run(item.version, stop);
  });
  return std::all_of(items.begin(), items.end(), [](const Item &item) { return item.complete; });
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

/// Names the files of which it is not known what they were before the change set.
static void noteUnknownTexts(const ChangeScope &changes, CheckOutcome &outcome) {
  const std::map<std::string, std::string> unknown = changes.takeUnknownTexts();
  if (unknown.empty())
    return;
  std::string others;
  if (size_t count = unknown.size() - 1; count > 0)
    others = format(" and of {} other {}", std::to_string(count), count == 1 ? "file" : "files");
  const auto &[path, command] = *unknown.begin();
  outcome.result.notices.push_back(
      {"partial-clone",
       format("the text of this file{} from before the change set is not in the repository, a "
              "partial clone, and lockstep fetches nothing: what was changed in it is not checked; "
              "`{}` gets {}",
              others, command, unknown.size() == 1 ? "it" : "them"),
       displayPath(path),
       {}});
  for (const auto &[file, ignored] : unknown)
    outcome.reach.unreadable.push_back(
        format("cannot read the text of {} from before the change set", displayPath(file)));
}

Result<CheckOutcome> Project::check(const std::stop_token &stop) {
  if (Status status = bringUpToDate(); !status)
    return status.error();
  if (!runAll(stop))
    return Error{};
  CheckOutcome outcome;
  outcome.reach = reach_;
  outcome.result.notices = discovery_.notices;
  std::vector<CheckResult> by_history;
  std::vector<std::string> run_unknown;
  size_t findings = 0;
  for (auto &history : histories_) {
    const CheckResult &one = by_history.emplace_back(history->result());
    findings += one.findings.size();
    if (history->history().execution == ExecutionModel::unknown && !one.files.empty())
      run_unknown.push_back(history->history().path);
  }
  if (by_history.size() > 1)
    outcome.result.findings.reserve(findings);
  for (CheckResult &one : by_history)
    add(outcome.result, one);
  noteExecution(run_unknown, *state_->selections, outcome.result.notices);
  if (state_->scope.changes)
    noteUnknownTexts(*state_->scope.changes, outcome);
  settle(outcome.result);
  if (Status status = suppress(outcome.result); !status)
    return status.error();
  completeSources({}, outcome.result.notices, readerOf(state_->scope), outcome.result.sources);
  settle(outcome.result);
  if (life_ == Life::one_question)
    histories_.clear();
  return outcome;
}

/// Whether all that the configuration speaks of was asked for.
static bool isComplete(const Scope &scope) {
  return scope.paths.empty() && !scope.changes && scope.start_after.empty();
}

Result<Baseline> Project::baseline(const std::string &path) const {
  if (path.empty())
    return Baseline();
  const FileReader read = state_->scope.read ? state_->scope.read : FileReader(readFile);
  Result<std::string> text = read(path);
  if (!text)
    return Error{text.error().message + "; `lockstep baseline create` writes a baseline"};
  return Baseline::parse(*text, path);
}

std::vector<Baseline::Entry> Project::staleEntries(const Baseline &baseline,
                                                   const CheckResult &result) const {
  if (!state_->selections)
    return {};
  std::set<std::string> checked;
  for (const std::string &file : result.files)
    checked.insert(baseline.relative(file));
  return baseline.stale(result.findings, [&](const Baseline::Entry &entry) {
    const Rule *rule = findRule(rules_, entry.rule);
    if (rule && !state_->selections->runs(*rule))
      return false;
    return checked.contains(entry.file) || isComplete(state_->scope);
  });
}

/// Takes out of the count what the configuration and the baseline set aside.
Status Project::suppress(CheckResult &result) const {
  const auto &[settings, scope, selections] = *state_;
  std::vector<Notice> notices = applySuppressions(settings.suppressions, scope.today, *selections,
                                                  result.files, isComplete(scope), result.findings);
  append(result.notices, notices);
  if (settings.baseline.empty())
    return Done{};
  Result<Baseline> known = baseline(settings.baseline);
  if (!known)
    return known.error();
  known->apply(result.findings);
  std::vector<Baseline::Entry> stale = staleEntries(*known, result);
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

Result<std::vector<std::string>> Project::files() const {
  Result<Discovery> discovery = look(nullptr);
  if (!discovery)
    return discovery.error();
  std::set<std::string> files;
  for (const auto &[history, wanted] : discovery->histories) {
    const Reporting reporting = reportingOf(state_->scope, history, wanted);
    for (size_t i = 0; i < history.migrations.size(); ++i)
      for (size_t j = 0; j < history.migrations[i].files.size(); ++j)
        if (wanted.contains(i, j) && reporting.wants(i))
          files.insert(history.migrations[i].files[j].path);
  }
  return std::vector<std::string>(files.begin(), files.end());
}

/// The living check of a history that stands as it does, brought up to date by the last check; null
/// where there is none.
HistoryCheck *Project::livingOne(const History &history) const {
  if (look_again_ || !changed_.empty())
    return nullptr;
  for (const auto &living : histories_)
    if (living->isCurrent() && readsAlike(living->history(), history) &&
        living->history().base_schema == history.base_schema &&
        living->history().migrations == history.migrations)
      return living.get();
  return nullptr;
}

} // namespace lockstep::session
