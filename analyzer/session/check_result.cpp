#include "session/check_result.hpp"

namespace lockstep::session {

void countFindings(std::span<const Finding> findings, Summary &summary) {
  summary.errors = summary.warnings = summary.infos = summary.suppressed = 0;
  for (const Finding &finding : findings) {
    if (finding.suppressed)
      ++summary.suppressed;
    else if (finding.severity == Severity::error)
      ++summary.errors;
    else if (finding.severity == Severity::warning)
      ++summary.warnings;
    else
      ++summary.infos;
  }
}

} // namespace lockstep::session
