#pragma once
#include "diag/finding.hpp"
#include "engine/report.hpp"
#include "engine/selection.hpp"
#include "engine/suppression.hpp"
#include "history/timeline.hpp"

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lockstep {

/// What a run over one history came to.
struct RunResult {
  std::vector<Finding> findings; ///< Sorted; suppressed ones too.
  std::vector<Notice> notices;   ///< In the order of the history.
  std::map<std::string, std::shared_ptr<const SourceFile>> sources; ///< Of files with findings.
  uint32_t files = 0;
  uint32_t migrations = 0;
  uint32_t statements = 0; ///< Analysed ones.
  uint32_t unanalyzed = 0; ///< Could not be parsed, or are not modelled.
};

/// Runs the selected rules over a simulation: give its sink() to simulate(), then call finish().
class Runner {
public:
  /// `selections` and `settings` must outlive the runner.
  Runner(const FileSelections &selections, const RuleSettings &settings, int postgres);
  Runner(const Runner &) = delete;
  Runner &operator=(const Runner &) = delete;

  /// Refers to this runner, which must outlive the simulation.
  [[nodiscard]] SimulationSink sink();
  /// All findings: superseded ones dropped, suppressions applied, fingerprints made.
  [[nodiscard]] RunResult finish();

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
  void takeUnreadable(const std::string &path, const Error &error);
  void runStep(const StepBound &bound, const Step &step);
  void noteUnmodelled(const StatementStep &step);
  /// Moves the entries gathered so far to the result, without superseded ones.
  void settleEntries();
  void dropSuperseded();
  void runSuppressionChecks();

  const FileSelections &selections_;
  Report report_;
  std::array<std::vector<StepBound>, std::variant_size_v<OpVariant>> by_op_;
  std::vector<StepBound> every_step_;
  std::vector<Bound> change_set_checks_;
  std::vector<Bound> file_checks_;
  std::vector<Bound> suppression_checks_;
  std::map<std::string, FileSuppressions> suppressions_;
  const Migration *last_migration_ = nullptr;
  std::deque<Finding> settled_; ///< In the order of the history.
  RunResult result_;
};

} // namespace lockstep
