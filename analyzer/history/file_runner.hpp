#pragma once
#include "history/load.hpp"
#include "history/server_session.hpp"
#include "history/timeline.hpp"

#include <memory>

namespace lockstep {

/// Runs the statements of loaded files over a session and makes their steps.
class FileRunner {
public:
  FileRunner(const History &history, const SimulationOptions &options, const SimulationSink &sink)
      : history_(history), options_(options), sink_(sink) {}

  /// Which part of which file runs.
  struct Part {
    uint32_t migration = 0; ///< Index into History::migrations.
    uint32_t file = 0;
    Direction direction = Direction::up;
    /// Effects are computed: another migration of the change set may be reported on.
    bool effects = false;
    bool report = false;   ///< Steps go to the change set and to the sink.
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
  };

  void take(Run &run, const std::shared_ptr<const Statement> &statement);
  void beginUnit(Run &run, size_t unit);
  void endUnit(Run &run);
  void execute(Run &run, const std::shared_ptr<const Statement> &statement);
  [[nodiscard]] StatementStep newStep(const Run &run,
                                      const std::shared_ptr<const Statement> &statement) const;
  void makeEmbedded(const Run &run, const StatementStep &step, Transaction &transaction,
                    std::vector<StatementStep> &made);
  void announce(const Run &run);

  const History &history_;
  const SimulationOptions &options_;
  const SimulationSink &sink_;
  uint32_t units_ = 0;
  uint32_t statements_ = 0;
};

} // namespace lockstep
