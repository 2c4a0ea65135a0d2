#include "base/text.hpp"
#include "session/project.hpp"
#include "session/side_by_side.hpp"
#include "sql/text/one_line.hpp"

#include <algorithm>
#include <optional>

namespace lockstep::session {

template <class Items, class NameOf>
static std::vector<std::string> sortedNames(const Items &items, NameOf &&name_of) {
  std::vector<std::string> names;
  for (const auto &item : items)
    if (const EffectTarget *target = name_of(item))
      names.push_back(target->name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

namespace {
class EffectsCollector {
public:
  explicit EffectsCollector(const FoundHistory &found) : wanted_(wantedFiles(found)) {}

  SimulationSink sink() {
    SimulationSink sink;
    sink.file = [this](const FileReading &reading) { takeFile(reading); };
    sink.passing = [this](const StatementStep &step) { takeStatement(step); };
    sink.change_set = [this](const std::shared_ptr<const ChangeSet> &change_set) {
      for (const StatementStep &step : change_set->statements)
        takeStatement(step);
      if (change_set->direction == Direction::down)
        down_ += change_set->end - change_set->begin;
    };
    sink.unreadable = [this](const std::string &path, const Error &error) {
      result_.notices.push_back({"unanalyzed", "not read: " + error.message, path, {}});
      unreadable_.push_back(error.message);
    };
    return sink;
  }

  /// What could not be read, and why: sentences.
  [[nodiscard]] const std::vector<std::string> &unreadable() const { return unreadable_; }

  EffectsResult finish() {
    std::stable_sort(numbered_.begin(), numbered_.end(),
                     [](const Numbered &a, const Numbered &b) { return a.number < b.number; });
    for (Numbered &entry : numbered_) {
      // A large file's text is known only after its statements.
      if (auto source = result_.sources.find(entry.report.file); source != result_.sources.end())
        entry.report.sql = oneLine(source->second->slice(entry.report.range));
      result_.statements.push_back(std::move(entry.report));
    }
    return std::move(result_);
  }

private:
  struct Numbered {
    uint32_t number = 0;
    StatementReport report;
  };

  void takeFile(const FileReading &reading) {
    const std::string &path = reading.file->path;
    if (!wanted_.contains(path))
      return;
    result_.sources[path] = reading.source;
    for (const ScriptProblem &problem : reading.problems) {
      if (!problem.leavesOut())
        continue;
      ++result_.unanalyzed;
      result_.notices.push_back(
          {"unanalyzed", "not analysed: " + problem.message, path, problem.where});
    }
  }

  void takeStatement(const StatementStep &step) {
    if (!wanted_.contains(step.file->path))
      return;
    const Statement &statement = *step.statement;
    for (const Op &op : statement.ops) {
      if (!std::holds_alternative<Unmodelled>(op))
        continue;
      ++result_.unanalyzed;
      result_.notices.push_back({"unanalyzed",
                                 format("not analysed: {} is not modelled", statement.kind),
                                 step.file->path, statement.range});
      break;
    }
    const Effects &effects = step.effects.total();
    StatementReport report;
    report.file = step.file->path;
    report.migration = step.migration->version;
    report.range = statement.range;
    report.kind = statement.kind;
    for (const Lock &lock : effects.locks)
      if (isOlderThanMigration(lock.relation, step))
        report.locks.push_back({lock.relation.name, lock.mode, tableOf(lock.relation, step)});
    std::sort(report.locks.begin(), report.locks.end(),
              [](const ReportedLock &a, const ReportedLock &b) { return a.relation < b.relation; });
    auto old = [&](const EffectTarget &target) {
      return existedBefore(target, step) ? &target : nullptr;
    };
    report.rewrites = sortedNames(effects.rewrites,
                                  [&](const Rewrite &rewrite) { return old(rewrite.relation); });
    report.scans = sortedNames(effects.scans, [&](const Scan &scan) { return old(scan.relation); });
    report.index_builds =
        sortedNames(effects.index_builds, [](const IndexBuild &build) { return &build.index; });
    report.in_transaction = effects.in_transaction;
    const Numbers further = numbersBefore(*step.change_set);
    report.unit = step.unit_number + further.units;
    report.transaction = step.transaction->id + further.transactions;
    report.execution = name(step.unit->model);
    report.held_until = step.held_until;
    report.duration = effects.duration;
    report.proofs = effects.proofs;
    report.assumptions = effects.assumptions;
    numbered_.push_back({step.number + further.statements, std::move(report)});
  }

  /// What the numbers of a change set leave out: down units run between up units, which do not
  /// count them.
  [[nodiscard]] Numbers numbersBefore(const ChangeSet &set) const {
    Numbers numbers = down_;
    if (set.direction == Direction::down)
      numbers += set.among - set.begin;
    return numbers;
  }

  /// Unknown relations are old.
  static bool isOlderThanMigration(const EffectTarget &target, const StatementStep &step) {
    const Relation *relation = step.before.relation(target.id);
    if (!relation)
      return existedBefore(target, step);
    return relation->origin.migration < step.origin.migration &&
           relation->persistence != Persistence::temporary;
  }
  /// The table of an index; empty for anything else.
  static std::string tableOf(const EffectTarget &target, const StatementStep &step) {
    const Relation *relation = step.before.relation(target.id);
    const Relation *table =
        relation && relation->index ? step.before.relation(relation->index->table) : nullptr;
    return table ? table->qualifiedName() : std::string();
  }
  static bool existedBefore(const EffectTarget &target, const StatementStep &step) {
    const std::vector<ObjectId> &created = step.result.created;
    return target.id == ObjectId::none ||
           std::find(created.begin(), created.end(), target.id) == created.end();
  }

  std::unordered_set<std::string_view> wanted_;
  std::vector<Numbered> numbered_;
  Numbers down_; ///< Of down units so far.
  EffectsResult result_;
  std::vector<std::string> unreadable_;
};
} // namespace

/// The effects of one history; of a living one only the part that is asked for runs again.
static EffectsOutcome effectsOfOne(const Settings &settings, const Scope &scope,
                                   const FoundHistory &found, HistoryCheck *living) {
  const History &history = found.history;
  const FileReader read = readerOf(scope);
  const Reporting reporting = reportingOf(scope, history, found.wanted);
  EffectsCollector collector(found);
  const int postgres = versionsOf(settings, history).first;
  std::optional<Origin> incomplete;
  const auto noteEnd = [&](const Catalog &end) {
    if (const Origin *origin = end.incompleteSince())
      incomplete = *origin;
  };
  if (living) {
    const std::vector<bool> &wanted = reporting.wanted;
    const auto first = std::find(wanted.begin(), wanted.end(), true);
    const auto last = std::find(wanted.rbegin(), wanted.rend(), true).base();
    const Timeline &timeline = living->timeline();
    const size_t begin =
        startOfChange(living->options().members.get(), static_cast<size_t>(first - wanted.begin()));
    // A change set is complete with its last member only.
    const size_t until =
        living->options().members ? wanted.size() : static_cast<size_t>(last - wanted.begin());
    Simulation(living->history(), living->options(), reporting, living->scripts(), read,
               collector.sink())
        .repeat(timeline, begin, until);
    noteEnd(timeline.catalogAfter(timeline.migrations()));
  } else {
    noteEnd(simulate(history, simulationOf(settings, scope, history, postgres), reporting, read,
                     collector.sink()));
  }
  EffectsOutcome one;
  one.reach.unreadable = collector.unreadable();
  one.result = collector.finish();
  one.result.postgres = postgres;
  if (incomplete)
    noteIncomplete(history, *incomplete, one.result.notices);
  completeSources({}, one.result.notices, read, one.result.sources);
  return one;
}

Result<EffectsOutcome> Project::effects() {
  Result<Discovery> discovery = look(nullptr);
  if (!discovery)
    return discovery.error();
  EffectsOutcome outcome;
  outcome.reach = reachOf(scope(), *discovery);
  outcome.result.postgres = settings().postgres.first;
  outcome.result.notices = std::move(discovery->notices);
  const std::vector<FoundHistory> &histories = discovery->histories;
  std::vector<size_t> sizes;
  for (const FoundHistory &found : histories)
    sizes.push_back(found.history.migrations.size());
  std::vector<EffectsOutcome> by_history(histories.size());
  sideBySide(scope().pool, sizes, [&](size_t place) {
    by_history[place] =
        effectsOfOne(settings(), scope(), histories[place], livingOne(histories[place].history));
  });
  for (EffectsOutcome &one : by_history)
    merge(outcome, std::move(one));
  return outcome;
}

} // namespace lockstep::session
