#pragma once
#include "base/result.hpp"
#include "history/layer.hpp"
#include "history/scripts.hpp"
#include "history/standing.hpp"
#include "history/timeline.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace lockstep::history {

/// What a timeline depends on beside the texts of its history.
struct SimulationOptions {
  EffectOptions effects;
  /// What sessions start with; see Catalog::setDefaultSettings.
  std::map<std::string, std::string> session_settings;
  /// Migrations that go out together; null: each is a change set of its own.
  std::shared_ptr<const ChangeSetMembers> members;
};

/// What of a simulation is reported on.
struct Reporting {
  /// Migrations whose steps are wanted, by their places; the others only build up the catalog.
  /// Empty: all.
  std::vector<bool> wanted;
  bool up = true; ///< Up units.
  /// Down units: those of each migration are a change set of their own, which starts from the
  /// catalog after its up units and whose outcome is thrown away.
  bool down = false;
  /// The text that a file of a member of the change set had before it; nullopt where it was not
  /// there. Unset: all members are new.
  std::function<std::optional<std::string>(const MigrationFile &)> text_before;

  [[nodiscard]] bool wants(size_t migration) const { return wanted.empty() || wanted[migration]; }
  [[nodiscard]] bool wants(Direction direction) const {
    return direction == Direction::up ? up : down;
  }
};

/// What reading one file came to. Refers to what the simulation holds.
struct FileReading {
  const History *history = nullptr; ///< Null for a file that cannot be read.
  const Migration *migration = nullptr;
  const MigrationFile *file = nullptr;
  Standing standing;
  std::shared_ptr<const SourceFile> source;
  std::shared_ptr<const FileLayout> layout;
  std::span<const SqlComment> comments;
  std::vector<ScriptProblem> problems; ///< Of the units that are reported on.
  uint32_t statements = 0;             ///< Of the units that are reported on.
};

/// The problems of a script that lie in units that are reported on.
[[nodiscard]] std::vector<ScriptProblem>
reportedProblems(const Script &script, const FileLayout &layout, const Reporting &reporting);

/// Receives the simulation in the order of the history. Files, statements and change sets come here
/// only of migrations that are wanted.
struct SimulationSink {
  /// A file was read and parsed; called before any of its statements, except for files that are too
  /// large to keep: then after them. Only for files with units in a direction that is reported on;
  /// once a file.
  std::function<void(const FileReading &)> file;
  /// A statement that will not be kept in the change set (literal rows).
  std::function<void(const StatementStep &)> passing;
  /// A change set is complete. It may be kept as long as the history is.
  std::function<void(const std::shared_ptr<const ChangeSet> &)> change_set;
  /// A file that cannot be read.
  std::function<void(const std::string &path, const Error &error)> unreadable;
  /// The migration at this place of the history, wanted or not, has run, and so has the change set
  /// that ends with it.
  std::function<void(size_t migration)> migration;
};

/// Simulates a history from a checkpoint on. Each change set starts a session of its own. A
/// transaction that a file leaves open counts as committed at its end.
class Simulation {
public:
  /// Refers to its arguments. `read` reads the base schema.
  Simulation(const History &history, const SimulationOptions &options, const Reporting &reporting,
             Scripts &scripts, const FileReader &read, const SimulationSink &sink);
  ~Simulation();
  Simulation(const Simulation &) = delete;
  Simulation &operator=(const Simulation &) = delete;

  /// Runs all of the history and keeps nothing; returns the catalog at its end.
  [[nodiscard]] Catalog run();
  /// Runs what comes after the migrations of the timeline, which must not end within a change set,
  /// and adds a checkpoint for each. Looks at the stop token for every statement: false where it
  /// was stopped, with the timeline up to the last migration that is complete.
  [[nodiscard]] bool extend(Timeline &timeline, const std::stop_token &stop = {});
  /// Makes the steps of the migrations from place `first` up to `until` again, which the timeline
  /// has; `first` must not stand within a change set.
  void repeat(const Timeline &timeline, size_t first, size_t until);

private:
  class Run;
  std::unique_ptr<Run> run_;
};

/// Reads, parses and simulates all of a history once, for callers who keep none of it; returns the
/// catalog at its end.
Catalog simulate(const History &history, const SimulationOptions &options,
                 const Reporting &reporting, const FileReader &read, const SimulationSink &sink);

} // namespace lockstep::history
