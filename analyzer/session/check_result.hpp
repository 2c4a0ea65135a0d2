#pragma once
#include "diag/finding.hpp"
#include "session/history_info.hpp"
#include "session/layer.hpp"
#include "session/sources.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lockstep::session {

/// What a check looked at and what came of it, in numbers.
struct Summary {
  uint32_t files = 0;
  uint32_t migrations = 0;
  uint32_t statements = 0; ///< Analysed ones.
  uint32_t unanalyzed = 0; ///< Could not be parsed, or are not modelled.
  uint32_t errors = 0;
  uint32_t warnings = 0;
  uint32_t infos = 0;
  uint32_t suppressed = 0; ///< Counted in none of the three above.
};

/// All that a check found.
struct CheckResult {
  std::vector<Finding> findings; ///< Sorted; suppressed ones too.
  std::vector<Notice> notices;
  Summary summary;
  std::vector<HistoryInfo> histories;
  std::vector<std::string> files; ///< Every file that was looked at, sorted.
  SourceMap sources;
};

/// Counts by severity into `summary`; suppressed findings apart.
void countFindings(std::span<const Finding> findings, Summary &summary);

} // namespace lockstep::session
