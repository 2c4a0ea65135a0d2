#pragma once
#include "diag/finding.hpp"
#include "engine/report.hpp"
#include "engine/selection.hpp"
#include "engine/suppression.hpp"
#include "history/timeline.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace lockstep {

/// What a run over one history came to.
struct RunResult {
  std::vector<Finding> findings; ///< Sorted; suppressed ones too.
  std::vector<Notice> notices;
  uint32_t files = 0;
  uint32_t migrations = 0;
  uint32_t statements = 0;
  uint32_t unanalyzed = 0;
};

/// Runs the selected rules over a simulation: give its sink() to simulate(), then call finish().
class Runner {
public:
  Runner(const Selection &selection, int postgres);

  [[nodiscard]] SimulationSink sink();
  /// Suppressions are applied, superseded findings dropped, fingerprints made.
  [[nodiscard]] RunResult finish();

private:
  void takeFile(const FileReading &reading);
  void takeStatement(const StatementStep &step);
  void takeChangeSet(const ChangeSet &change_set);
  void run(const Rule &rule, const Check &check, const Step &step);

  struct Bound {
    const Rule *rule = nullptr;
    Check check;
  };

  const Selection &selection_;
  Report report_;
  std::array<std::vector<Bound>, std::variant_size_v<Op>> by_op_;
  std::vector<Bound> every_step_;
  std::vector<Bound> change_set_checks_;
  std::vector<Bound> file_checks_;
  std::map<std::string, FileSuppressions> suppressions_;
  std::map<std::pair<std::string, Range>, std::string> statement_hashes_;
  RunResult result_;
};

} // namespace lockstep
