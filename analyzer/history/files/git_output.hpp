#pragma once
#include "history/layer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

// What git prints, read. A repository can be made so that git prints anything: what does not have
// the form that is expected gives nullopt, never a guess. The views point into the text.

/// What `git cat-file --batch` says of an object before its content.
struct BatchHeader {
  std::string_view type; ///< "blob", "tree", …; empty: the repository does not have the object.
  uint64_t size = 0;
};
/// "<id> <type> <size>", or "<id> missing", for the object `id` that was asked for.
[[nodiscard]] std::optional<BatchHeader> parseBatchHeader(std::string_view line,
                                                          std::string_view id);

/// An entry of the index.
struct IndexEntry {
  std::string_view path; ///< From the root.
  std::string_view mode; ///< "100644", "120000" (a symbolic link), "160000" (a submodule), ….
  std::string_view id;
  bool skipped = false; ///< By a sparse checkout, or assumed to be unchanged.
  bool unmerged = false;
};
/// What `git ls-files -v --stage -z` prints.
[[nodiscard]] std::optional<std::vector<IndexEntry>> parseIndex(std::string_view text);

/// A file that differs between a commit and the index.
struct RawChange {
  std::string_view path; ///< From the root.
  char status = 'M';     ///< A, D, M, T, or U where it is not merged.
  std::string_view old_mode;
  std::string_view old_id; ///< Zeros where the commit does not have it.
};
/// What `git diff-index --raw -z --no-abbrev --no-renames` prints.
[[nodiscard]] std::optional<std::vector<RawChange>> parseRawDiff(std::string_view text);

/// Paths that each end with a NUL.
[[nodiscard]] std::optional<std::vector<std::string_view>> parsePaths(std::string_view text);

/// What a pointer of Git LFS, the text that a repository holds in the place of a file, says of it.
struct LfsPointer {
  std::string_view sha256;
  uint64_t size = 0;
};
/// The pointer that a blob is; nullopt for any other text.
[[nodiscard]] std::optional<LfsPointer> parseLfsPointer(std::string_view blob);

} // namespace lockstep::history
