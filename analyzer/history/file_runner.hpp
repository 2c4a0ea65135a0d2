#pragma once
#include "history/load.hpp"
#include "history/server_session.hpp"
#include "history/standing.hpp"
#include "history/timeline.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace lockstep {

/// Runs the statements of loaded files over a session and makes their steps.
class FileRunner {
public:
  /// Reads a file that another one includes; nullopt where it cannot be read.
  using Include = std::function<std::optional<LoadedFile>(const MigrationFile &, Direction)>;

  FileRunner(const History &history, const SimulationOptions &options, const SimulationSink &sink,
             Include include)
      : history_(history), options_(options), sink_(sink), include_(std::move(include)),
        standings_(history, options) {}

  /// Which part of which file runs.
  struct Part {
    uint32_t migration = 0; ///< Index into History::migrations.
    uint32_t file = 0;
    Direction direction = Direction::up;
    /// Effects are computed: another migration of the change set may be reported on.
    bool effects = false;
    bool keep = false;     ///< Steps go to the change set.
    bool announce = false; ///< The file itself goes to the sink.
  };
  void run(const Part &part, LoadedFile &loaded, ServerSession &session, ChangeSet &set);

private:
  /// The file at hand.
  struct Run {
    const Part &part;
    LoadedFile &loaded;
    ServerSession &session;
    ChangeSet &set;
    size_t unit = SIZE_MAX;  ///< Index of the unit at hand; SIZE_MAX: none yet.
    size_t first_kept = 0;   ///< Of the unit at hand, in ChangeSet::statements.
    uint32_t statements = 0; ///< Of the unit at hand, so far.
    size_t next_inclusion = 0;
    size_t next_message = 0;
    size_t next_connection = 0;
    const Run *includer = nullptr; ///< The run whose file includes this one.
  };

  void runStatements(Run &run);
  void includeUpTo(Run &run, uint32_t offset);
  void include(Run &run, const std::string &path);
  void take(Run &run, const std::shared_ptr<const Statement> &statement);
  void beginUnit(Run &run, size_t unit);
  void endUnit(Run &run);
  void execute(Run &run, const std::shared_ptr<const Statement> &statement);
  [[nodiscard]] StatementStep newStep(const Run &run, std::shared_ptr<const Statement> statement,
                                      const Catalog &before) const;
  void makeEmbedded(const Run &run, const StatementStep &step, Transaction &transaction,
                    std::vector<StatementStep> &made);
  void announce(const Run &run);
  [[nodiscard]] bool isReported(Direction direction) const;
  void noteUses(const StatementStep &step);
  [[nodiscard]] std::optional<Origin> usedBefore(const StatementStep &step) const;

  const History &history_;
  const SimulationOptions &options_;
  const SimulationSink &sink_;
  Include include_;
  Standings standings_;
  /// Qualified names of relations that the history had not made → the first statement that uses
  /// them.
  std::map<std::string, Origin> first_uses_;
  uint32_t units_ = 0;
  uint32_t statements_ = 0;
};

} // namespace lockstep
