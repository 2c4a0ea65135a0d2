#pragma once
#include <cstddef>
#include <filesystem>

namespace lockstep::bench {

/// What an edit of one migration costs in a session that lives, from the edit to all findings of
/// the history: the median of some edits, wall time.
struct EditCost {
  double first_seconds = 0;  ///< Of the first migration: all of the history follows.
  double middle_seconds = 0; ///< Of the one in the middle.
  double last_seconds = 0;   ///< Of the last one.
  double fresh_seconds = 0;  ///< A session that is opened for the question, for comparison.
};

/// Edits the history in this folder.
[[nodiscard]] EditCost measureEdits(const std::filesystem::path &folder);

} // namespace lockstep::bench
