#include "history/simulation.hpp"

#include "history/file_runner.hpp"
#include "sql/text/psql_mask.hpp"

#include <utility>

namespace lockstep::history {

std::vector<ScriptProblem> reportedProblems(const Script &script, const FileLayout &layout,
                                            const Reporting &reporting) {
  std::vector<ScriptProblem> problems;
  for (const ScriptProblem &problem : script.problems)
    if (isReportedAt(problem.statement.empty() ? problem.where.begin : problem.statement.begin,
                     layout, reporting))
      problems.push_back(problem);
  return problems;
}

/// A simulation on its way.
class Simulation::Run {
public:
  Run(const History &history, const SimulationOptions &options, const Reporting &reporting,
      Scripts &scripts, const FileReader &read, const SimulationSink &sink)
      : history_(history), options_(options), reporting_(reporting), read_(read), sink_(sink),
        runner_(history, options, reporting, scripts, sink), at_{ServerSession(
                                                                     options.effects.postgres),
                                                                 {}} {}

  /// All that comes before the first migration.
  void begin();
  void startFrom(const Checkpoint &checkpoint) { at_ = checkpoint; }
  /// Runs the migrations from place `first` up to `until` and adds to the timeline, where there is
  /// one; false where it was stopped.
  bool advance(size_t first, size_t until, Timeline *timeline, const std::stop_token &stop);
  [[nodiscard]] size_t migrations() const { return history_.migrations.size(); }
  [[nodiscard]] const Checkpoint &at() const { return at_; }
  [[nodiscard]] const Catalog &catalog() const { return at_.session.catalog(); }

private:
  /// The down units of a migration, kept until its change set is complete.
  struct PendingDown {
    uint32_t migration = 0;
    Catalog before;  ///< Before its up units.
    Checkpoint from; ///< After them.
    /// Those that hold up units, too.
    std::vector<std::pair<uint32_t, std::shared_ptr<const ParsedFile>>> files;
  };
  /// A change set that is being built.
  struct Open {
    std::shared_ptr<ChangeSet> set;
    std::vector<PendingDown> downs;
    bool wanted = false;
  };

  void applyBaseSchema();
  [[nodiscard]] std::shared_ptr<ChangeSet> newChangeSet(uint32_t migration) const;
  void runMigration(uint32_t index, Open &open, const std::stop_token &stop);
  void runDown(PendingDown &down, const std::shared_ptr<const ChangeSet> &up,
               const std::stop_token &stop);
  static void finish(Checkpoint &at, ChangeSet &set);
  void emit(Open &open, const std::stop_token &stop);
  void startSession();
  void keepSetup(const Migration &migration, const ParsedFile &parsed);
  void runAlone(const std::function<void(ServerSession &)> &statements);

  [[nodiscard]] bool isMember(size_t migration) const {
    return options_.members && (*options_.members)[migration];
  }

  const History &history_;
  const SimulationOptions &options_;
  const Reporting &reporting_;
  const FileReader &read_;
  const SimulationSink &sink_;
  FileRunner runner_;
  Checkpoint at_;
};

/// Runs statements that the history does not show, in a unit of their own.
void Simulation::Run::runAlone(const std::function<void(ServerSession &)> &statements) {
  Unit unit;
  unit.model = ExecutionModel::autocommit;
  at_.session.beginUnit(unit, true);
  statements(at_.session);
  at_.session.endUnit();
}

void Simulation::Run::applyBaseSchema() {
  if (history_.base_schema.empty())
    return;
  Result<std::string> text = read_(history_.base_schema);
  if (!text) {
    if (sink_.unreadable)
      sink_.unreadable(history_.base_schema, text.error());
    return;
  }
  runAlone([&](ServerSession &session) {
    (void)parseScript(maskPsql(*text).text, {},
                      [&](const std::shared_ptr<const Statement> &statement) {
                        (void)session.enter(*statement, 0);
                        session.execute(*statement, {});
                      });
  });
}

void Simulation::Run::begin() {
  if (!options_.session_settings.empty())
    at_.session.startWith(options_.session_settings);
  applyBaseSchema();
}

void Simulation::Run::keepSetup(const Migration &migration, const ParsedFile &parsed) {
  if (!migration.starts_deploys)
    return;
  for (const auto &statement : parsed.script.statements) {
    const auto *set =
        statement->ops.size() == 1 ? std::get_if<SetVariable>(&statement->ops.front()) : nullptr;
    if (set && !set->local)
      at_.runner.setup.push_back(statement);
  }
}

void Simulation::Run::startSession() {
  at_.session.endChangeSet();
  at_.session.restart();
  if (at_.runner.setup.empty())
    return;
  runAlone([&](ServerSession &session) {
    for (const auto &statement : at_.runner.setup) {
      (void)session.enter(*statement, 0);
      session.execute(*statement, {});
    }
  });
}

std::shared_ptr<ChangeSet> Simulation::Run::newChangeSet(uint32_t migration) const {
  auto set = std::make_shared<ChangeSet>(catalog(), migration,
                                         isMember(migration) ? options_.members : nullptr);
  set->begin = at_.numbers();
  return set;
}

bool Simulation::Run::advance(size_t first, size_t until, Timeline *timeline,
                              const std::stop_token &stop) {
  size_t last_member = until;
  for (size_t i = first; options_.members && i < until; ++i)
    if (isMember(i))
      last_member = i;
  Open members;
  bool after_member = false;
  for (auto i = static_cast<uint32_t>(first); i < until; ++i) {
    const bool member = isMember(i);
    if (!member || !after_member)
      startSession();
    after_member = member;
    Open own;
    Open &open = member ? members : own;
    if (!open.set)
      open.set = newChangeSet(i);
    runMigration(i, open, stop);
    if (!stop.stop_requested() && (!member || i == last_member))
      emit(open, stop);
    if (stop.stop_requested())
      return false;
    if (timeline)
      timeline->add(at_);
    if (sink_.migration)
      sink_.migration(i);
  }
  return true;
}

void Simulation::Run::finish(Checkpoint &at, ChangeSet &set) {
  at.session.endChangeSet();
  at.session.restart();
  set.after = at.session.catalog();
  set.end = at.numbers();
}

void Simulation::Run::emit(Open &open, const std::stop_token &stop) {
  finish(at_, *open.set);
  if (open.wanted && reporting_.up && sink_.change_set)
    sink_.change_set(open.set);
  for (PendingDown &down : open.downs)
    runDown(down, open.set, stop);
}

void Simulation::Run::runMigration(uint32_t index, Open &open, const std::stop_token &stop) {
  const Migration &migration = history_.migrations[index];
  const bool wanted = reporting_.wants(index);
  const bool down = wanted && reporting_.down;
  open.wanted = open.wanted || wanted;
  FileRunner::Part part;
  part.migration = index;
  part.keep = part.announce = wanted;
  Catalog before = catalog();
  std::vector<std::pair<uint32_t, std::shared_ptr<const ParsedFile>>> with_down;
  for (part.file = 0; part.file < migration.files.size(); ++part.file) {
    const MigrationFile &file = migration.files[part.file];
    if (file.direction == Direction::down || file.included)
      continue;
    std::shared_ptr<const ParsedFile> parsed = runner_.load(index, part.file);
    if (!parsed)
      continue;
    runner_.run(part, *parsed, at_, *open.set, stop);
    keepSetup(migration, *parsed);
    if (down && parsed->layout->has(Direction::down))
      with_down.emplace_back(part.file, std::move(parsed));
  }
  if (down)
    open.downs.push_back({index, std::move(before), at_, std::move(with_down)});
}

void Simulation::Run::runDown(PendingDown &down, const std::shared_ptr<const ChangeSet> &up,
                              const std::stop_token &stop) {
  const Migration &migration = history_.migrations[down.migration];
  Checkpoint &from = down.from;
  from.session.endChangeSet();
  from.session.restart();
  auto set = std::make_shared<ChangeSet>(catalog(), down.migration, nullptr);
  set->direction = Direction::down;
  set->undone = ChangeSet::Undone{&migration, up, std::move(down.before)};
  set->begin = from.numbers();
  set->among = at_.numbers();
  FileRunner::Part part;
  part.migration = down.migration;
  part.direction = Direction::down;
  part.keep = true;
  auto next_kept = down.files.begin();
  bool any = false;
  for (part.file = 0; part.file < migration.files.size(); ++part.file) {
    const bool is_kept = next_kept != down.files.end() && next_kept->first == part.file;
    std::shared_ptr<const ParsedFile> parsed;
    if (is_kept)
      parsed = (next_kept++)->second;
    else if (migration.files[part.file].direction == Direction::down &&
             !migration.files[part.file].included)
      parsed = runner_.load(down.migration, part.file);
    if (!parsed)
      continue;
    part.announce = !is_kept;
    runner_.run(part, *parsed, from, *set, stop);
    any = true;
  }
  finish(from, *set);
  if (any && sink_.change_set && !stop.stop_requested())
    sink_.change_set(set);
}

Simulation::Simulation(const History &history, const SimulationOptions &options,
                       const Reporting &reporting, Scripts &scripts, const FileReader &read,
                       const SimulationSink &sink)
    : run_(std::make_unique<Run>(history, options, reporting, scripts, read, sink)) {}

Simulation::~Simulation() = default;

Catalog Simulation::run() {
  run_->begin();
  (void)run_->advance(0, run_->migrations(), nullptr, {});
  return run_->catalog();
}

bool Simulation::extend(Timeline &timeline, const std::stop_token &stop) {
  if (timeline.hasStarted()) {
    run_->startFrom(timeline.after(timeline.migrations()));
  } else {
    run_->begin();
    timeline.add(run_->at());
  }
  return run_->advance(timeline.migrations(), run_->migrations(), &timeline, stop);
}

void Simulation::repeat(const Timeline &timeline, size_t first, size_t until) {
  run_->startFrom(timeline.after(first));
  (void)run_->advance(first, until, nullptr, {});
}

Catalog simulate(const History &history, const SimulationOptions &options,
                 const Reporting &reporting, const FileReader &read, const SimulationSink &sink) {
  // Whoever keeps nothing of the history keeps it while this runs.
  const std::shared_ptr<const History> borrowed(std::shared_ptr<const History>(), &history);
  Scripts scripts(borrowed, read, {.directions = {true, reporting.down}});
  return Simulation(history, options, reporting, scripts, read, sink).run();
}

} // namespace lockstep::history
