#pragma once
#include "history/layer.hpp"
#include "history/simulation.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lockstep::history {

/// Runs the statements of parsed files from a checkpoint on and makes their steps.
class FileRunner {
public:
  /// Refers to its arguments.
  FileRunner(const History &history, const SimulationOptions &options, const Reporting &reporting,
             Scripts &scripts, const SimulationSink &sink)
      : history_(history), options_(options), reporting_(reporting), scripts_(scripts), sink_(sink),
        standings_(history, options.members.get(), reporting.text_before, reporting.down) {}

  /// Which part of which file runs.
  struct Part {
    uint32_t migration = 0; ///< Index into History::migrations.
    uint32_t file = 0;
    Direction direction = Direction::up;
    bool keep = false;     ///< Steps go to the change set.
    bool announce = false; ///< The file itself goes to the sink.
  };
  /// Stops between two statements where that is asked for.
  void run(const Part &part, const ParsedFile &parsed, Checkpoint &at, ChangeSet &set,
           const std::stop_token &stop);
  /// The file; where it cannot be read, the sink is told.
  [[nodiscard]] std::shared_ptr<const ParsedFile> load(uint32_t migration, uint32_t file) const;

private:
  /// The file at hand.
  struct Run {
    const Part &part;
    const ParsedFile &parsed;
    Checkpoint &at;
    ChangeSet &set;
    const std::stop_token &stop;
    size_t unit = SIZE_MAX;  ///< Index of the unit at hand; SIZE_MAX: none yet.
    size_t first_kept = 0;   ///< Of the unit at hand, in ChangeSet::statements.
    uint32_t statements = 0; ///< Of the unit at hand, so far.
    uint32_t streamed = 0;   ///< Of the units that are reported on, in a file too large to keep.
    size_t next_inclusion = 0;
    size_t next_message = 0;
    size_t next_connection = 0;
    const Run *includer = nullptr; ///< The run whose file includes this one.
    uint32_t depth = 0;            ///< How many includers there are.
  };

  void runStatements(Run &run);
  void includeUpTo(Run &run, uint32_t offset);
  void include(Run &run, const Inclusion &inclusion);
  [[nodiscard]] std::optional<uint32_t> includedFile(uint32_t migration, const std::string &path);
  [[nodiscard]] bool affords(Run &run, const Inclusion &inclusion, const ParsedFile &included);
  static void skipInclusion(Run &run, const Inclusion &inclusion);
  void take(Run &run, const std::shared_ptr<const Statement> &statement);
  void beginUnit(Run &run, size_t unit);
  void endUnit(Run &run);
  void execute(Run &run, const std::shared_ptr<const Statement> &statement);
  [[nodiscard]] StatementStep newStep(const Run &run, std::shared_ptr<const Statement> statement,
                                      const Catalog &before) const;
  void makeEmbedded(const Run &run, const StatementStep &step, Transaction &transaction,
                    std::vector<StatementStep> &made);
  void announce(const Run &run, const Script &script);

  const History &history_;
  const SimulationOptions &options_;
  const Reporting &reporting_;
  Scripts &scripts_;
  const SimulationSink &sink_;
  Standings standings_;
  /// The included files of one migration, by their paths and by each end of those that begins with
  /// the name of a folder or file.
  struct IncludedFiles {
    uint32_t migration = UINT32_MAX;
    std::unordered_map<std::string_view, uint32_t> by_path;
  };
  IncludedFiles included_;
  std::set<std::pair<uint32_t, uint32_t>> announced_; ///< Included files, by migration.
  bool is_over_budget_ = false;                       ///< The sink was told.
};

/// Whether what stands at that byte is in a unit that is reported on.
[[nodiscard]] bool isReportedAt(uint32_t offset, const FileLayout &layout,
                                const Reporting &reporting);

} // namespace lockstep::history
