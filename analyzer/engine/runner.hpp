#pragma once
#include "diag/finding.hpp"
#include "engine/fingerprint.hpp"
#include "engine/layer.hpp"
#include "engine/report.hpp"
#include "engine/selection.hpp"
#include "engine/suppression.hpp"
#include "history/simulation.hpp"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lockstep::engine {

/// What the rules say of one migration and of the change set that ends with it. Judgements do not
/// depend on each other: those of migrations that nothing touched are kept while others are made
/// again.
struct Judgement {
  size_t migration = 0;          ///< Its place in the history; past the last one: of no migration.
  std::vector<Finding> findings; ///< Without superseded ones; their statements are hashed.
  std::vector<Notice> notices;   ///< In the order of the history.
  SourceTexts sources;           ///< Of files with findings.
  /// Of the files that were read, by path, as no finding has used them yet.
  std::map<std::string, FileSuppressions> suppressions;
  uint32_t files = 0;
  uint32_t migrations = 0;
  uint32_t statements = 0; ///< Analysed ones.
  uint32_t unanalyzed = 0; ///< Could not be parsed, or are not modelled.

  [[nodiscard]] bool empty() const;
};

/// What a run over one history came to.
struct RunResult {
  std::vector<Finding> findings; ///< Sorted; suppressed ones too.
  std::vector<Notice> notices;   ///< In the order of the history.
  SourceTexts sources;           ///< Of files with findings.
  uint32_t files = 0;
  uint32_t migrations = 0;
  uint32_t statements = 0; ///< Analysed ones.
  uint32_t unanalyzed = 0; ///< Could not be parsed, or are not modelled.
};

/// Runs the selected rules over a simulation: give its sink() to the simulation, take() what it
/// came to, and join() that with what is known of the rest of the history.
class Runner {
public:
  /// `selections` and `settings` must outlive the runner.
  Runner(const FileSelections &selections, const RuleSettings &settings, int postgres);
  Runner(const Runner &) = delete;
  Runner &operator=(const Runner &) = delete;

  /// Refers to this runner, which must outlive the simulation.
  [[nodiscard]] SimulationSink sink();
  /// The judgements so far that are not empty, in the order of the history.
  [[nodiscard]] std::vector<Judgement> take();
  /// All findings of a history: suppressions applied, fingerprints made.
  [[nodiscard]] RunResult join(std::vector<Judgement> judgements);

private:
  struct Bound {
    const Rule *rule = nullptr;
    Check check;
  };
  /// A check of steps: what is looked at for each op of a history is kept together.
  struct StepBound {
    const Rule *rule = nullptr;
    void (*check)(const Step &, Report &) = nullptr;
    bool on_new = false; ///< Also where the op concerns only new objects.
  };

  void takeFile(const FileReading &reading);
  void takeStatement(const StatementStep &step);
  void takeChangeSet(const ChangeSet &change_set);
  void endMigration(size_t migration);
  void takeUnreadable(const std::string &path, const Error &error);
  void runStep(const StepBound &bound, const Step &step);
  void noteUnmodelled(const StatementStep &step);
  /// Moves the entries gathered so far to `judgement`, without superseded ones.
  void settleEntries(Judgement &judgement);
  void dropSuperseded();
  void runSuppressionChecks(const std::map<std::string, FileSuppressions> &suppressions,
                            Judgement &judgement);

  const FileSelections &selections_;
  RepositoryPaths paths_;
  Report report_;
  std::array<std::vector<StepBound>, std::variant_size_v<OpVariant>> by_op_;
  std::vector<StepBound> every_step_;
  std::vector<Bound> change_set_checks_;
  std::vector<Bound> file_checks_;
  std::vector<Bound> suppression_checks_;
  const Migration *last_migration_ = nullptr;
  Judgement open_; ///< Of the migration at hand.
  std::vector<Judgement> done_;
};

} // namespace lockstep::engine
