#include "history/file_runner.hpp"

#include <algorithm>
#include <utility>

namespace lockstep {

namespace {
/// One run of simulate().
class Simulation {
public:
  Simulation(const History &history, const SimulationOptions &options, const FileReader &read,
             const SimulationSink &sink)
      : history_(history), options_(options), read_(read), sink_(sink),
        loader_(history, read, options.pool, requests()),
        runner_(history, options, sink,
                [this](const MigrationFile &file, Direction direction) {
                  return load(file, {direction == Direction::up, direction == Direction::down});
                }),
        session_(options.effects.postgres, transactions_) {}

  Catalog run();

private:
  /// The down units of a migration, kept until its change set is complete.
  struct PendingDown {
    uint32_t migration = 0;
    Catalog before;                                     ///< Before its up units.
    ServerSession from;                                 ///< After them.
    std::vector<std::pair<uint32_t, LoadedFile>> files; ///< Those that hold up units, too.
  };
  /// A change set that is being built.
  struct Open {
    std::shared_ptr<ChangeSet> set;
    std::vector<PendingDown> downs;
    bool wanted = false;
  };

  void applyBaseSchema();
  [[nodiscard]] std::shared_ptr<ChangeSet> newChangeSet(Direction direction);
  void runMigration(uint32_t index, Open &open);
  void runDown(PendingDown &down, const std::shared_ptr<const ChangeSet> &up);
  static void finish(ServerSession &session, ChangeSet &set);
  void emit(Open &open);
  [[nodiscard]] std::vector<Loader::Request> requests() const;
  void startSession();
  void keepSetup(const Migration &migration, const LoadedFile &loaded);
  void tellUnreadable(const std::string &path, const Error &error) const;
  [[nodiscard]] std::optional<LoadedFile> load(const MigrationFile &file,
                                               const LoadOptions &options);

  [[nodiscard]] bool isMember(const Migration &migration) const {
    return options_.in_change_set && options_.in_change_set(migration);
  }
  [[nodiscard]] bool isWanted(const Migration &migration) const {
    return !options_.wanted || options_.wanted(migration);
  }

  const History &history_;
  const SimulationOptions &options_;
  const FileReader &read_;
  const SimulationSink &sink_;
  uint32_t transactions_ = 0;
  uint32_t change_sets_ = 0;
  bool members_wanted_ = false;
  /// SET of the migrations that the runner repeats at the start of each deploy.
  std::vector<std::shared_ptr<const Statement>> setup_;
  Loader loader_;
  FileRunner runner_;
  ServerSession session_;
};
} // namespace

/// The files with up units, in the order of the history.
std::vector<Loader::Request> Simulation::requests() const {
  std::vector<Loader::Request> requests;
  for (const Migration &migration : history_.migrations)
    for (const MigrationFile &file : migration.files)
      if (file.direction != Direction::down && !file.included)
        requests.push_back({&file, {true, isWanted(migration) && options_.down}});
  return requests;
}

void Simulation::tellUnreadable(const std::string &path, const Error &error) const {
  if (sink_.unreadable)
    sink_.unreadable(path, error);
}

std::optional<LoadedFile> Simulation::load(const MigrationFile &file, const LoadOptions &options) {
  Result<LoadedFile> loaded = loader_.load(file, options);
  if (loaded)
    return std::move(*loaded);
  tellUnreadable(file.path, loaded.error());
  return std::nullopt;
}

void Simulation::applyBaseSchema() {
  if (history_.base_schema.empty())
    return;
  Result<std::string> text = read_(history_.base_schema);
  if (!text) {
    tellUnreadable(history_.base_schema, text.error());
    return;
  }
  Unit unit;
  unit.model = ExecutionModel::autocommit;
  session_.beginUnit(unit, true);
  Script script =
      parseScript(maskPsql(*text).text, {}, [&](const std::shared_ptr<const Statement> &statement) {
        session_.enter(*statement, 0);
        session_.execute(*statement, {});
      });
  session_.endUnit();
}

void Simulation::keepSetup(const Migration &migration, const LoadedFile &loaded) {
  if (!migration.starts_deploys)
    return;
  for (const auto &statement : loaded.script.statements) {
    const auto *set =
        statement->ops.size() == 1 ? std::get_if<SetVariable>(&statement->ops.front()) : nullptr;
    if (set && !set->local)
      setup_.push_back(statement);
  }
}

void Simulation::startSession() {
  session_.endChangeSet();
  session_.restart();
  if (setup_.empty())
    return;
  Unit unit;
  unit.model = ExecutionModel::autocommit;
  session_.beginUnit(unit, true);
  for (const auto &statement : setup_) {
    session_.enter(*statement, 0);
    session_.execute(*statement, {});
  }
  session_.endUnit();
}

std::shared_ptr<ChangeSet> Simulation::newChangeSet(Direction direction) {
  auto set = std::make_shared<ChangeSet>(session_.catalog());
  set->number = ++change_sets_;
  set->direction = direction;
  return set;
}

Catalog Simulation::run() {
  if (!options_.session_settings.empty())
    session_.startWith(options_.session_settings);
  applyBaseSchema();
  auto count = static_cast<uint32_t>(history_.migrations.size());
  uint32_t last_member = count;
  for (uint32_t i = 0; i < count; ++i) {
    if (!isMember(history_.migrations[i]))
      continue;
    last_member = i;
    members_wanted_ = members_wanted_ || isWanted(history_.migrations[i]);
  }
  Open members;
  bool after_member = false;
  for (uint32_t i = 0; i < count; ++i) {
    bool member = isMember(history_.migrations[i]);
    if (!member || !after_member)
      startSession();
    after_member = member;
    Open own;
    Open &open = member ? members : own;
    if (!open.set)
      open.set = newChangeSet(Direction::up);
    runMigration(i, open);
    if (!member || i == last_member)
      emit(open);
  }
  return session_.catalog();
}

void Simulation::finish(ServerSession &session, ChangeSet &set) {
  session.endChangeSet();
  session.restart();
  set.after = session.catalog();
}

void Simulation::emit(Open &open) {
  finish(session_, *open.set);
  if (open.wanted && options_.up && sink_.change_set)
    sink_.change_set(*open.set);
  for (PendingDown &down : open.downs)
    runDown(down, open.set);
}

void Simulation::runMigration(uint32_t index, Open &open) {
  const Migration &migration = history_.migrations[index];
  bool wanted = isWanted(migration);
  bool down = wanted && options_.down;
  open.wanted = open.wanted || wanted;
  FileRunner::Part part;
  part.migration = index;
  part.keep = wanted;
  part.effects = options_.up && (isMember(migration) ? members_wanted_ : wanted);
  Catalog before = session_.catalog();
  std::vector<std::pair<uint32_t, LoadedFile>> loaded_files;
  for (part.file = 0; part.file < migration.files.size(); ++part.file) {
    const MigrationFile &file = migration.files[part.file];
    if (file.direction == Direction::down || file.included)
      continue;
    std::optional<LoadedFile> loaded = load(file, {.up = true, .down = down});
    if (!loaded)
      continue;
    part.announce = wanted;
    runner_.run(part, *loaded, session_, *open.set);
    keepSetup(migration, *loaded);
    if (down && loaded->layout->has(Direction::down))
      loaded_files.emplace_back(part.file, std::move(*loaded));
  }
  if (down)
    open.downs.push_back({index, std::move(before), session_, std::move(loaded_files)});
}

void Simulation::runDown(PendingDown &down, const std::shared_ptr<const ChangeSet> &up) {
  const Migration &migration = history_.migrations[down.migration];
  down.from.endChangeSet();
  down.from.restart();
  std::shared_ptr<ChangeSet> set = newChangeSet(Direction::down);
  set->undone = ChangeSet::Undone{&migration, up.get(), std::move(down.before)};
  FileRunner::Part part;
  part.migration = down.migration;
  part.direction = Direction::down;
  part.effects = part.keep = true;
  auto next_kept = down.files.begin();
  bool any = false;
  for (part.file = 0; part.file < migration.files.size(); ++part.file) {
    if (next_kept != down.files.end() && next_kept->first == part.file) {
      part.announce = false;
      runner_.run(part, (next_kept++)->second, down.from, *set);
      any = true;
    } else if (migration.files[part.file].direction == Direction::down &&
               !migration.files[part.file].included) {
      part.announce = true;
      std::optional<LoadedFile> loaded =
          load(migration.files[part.file], {.up = false, .down = true});
      if (loaded)
        runner_.run(part, *loaded, down.from, *set);
      any = any || loaded;
    }
  }
  finish(down.from, *set);
  if (any && sink_.change_set)
    sink_.change_set(*set);
}

Catalog simulate(const History &history, const SimulationOptions &options, const FileReader &read,
                 const SimulationSink &sink) {
  return Simulation(history, options, read, sink).run();
}

} // namespace lockstep
