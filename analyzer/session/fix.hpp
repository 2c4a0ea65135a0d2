#pragma once
#include "session/layer.hpp"
#include "session/session.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lockstep::session {

/// A file that fixes changed.
struct FixedFile {
  std::string path;
  std::string before;
  std::string after;
  size_t fixes = 0; ///< How many were made.
};

struct FixOutcome {
  CheckOutcome check;           ///< Of the files as they are after the fixes.
  std::vector<FixedFile> files; ///< By path; nothing is written.
  size_t fixed = 0;             ///< Fixes that were made.
  /// Fixes that could be made in files that may have been applied: they were not named, and no
  /// change set says that they are new.
  size_t left_alone = 0;
};

/// Makes the fixes of all of a project's findings in files that may be edited, those that are not
/// safe only where `unsafe` says so, and checks again until none is left. A fix whose result does
/// not parse as well as the text before is taken back. The session holds the fixed texts open.
[[nodiscard]] Result<FixOutcome> runFixes(Session &session, Project &project, bool unsafe);

} // namespace lockstep::session
