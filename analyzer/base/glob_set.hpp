#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::base {

/// Many patterns that paths are held against, each path against few of them: every pattern is known
/// by a piece of text that a path must have for it to match. What remains are patterns that share
/// all their text with many others, or have none.
class GlobSet {
public:
  GlobSet() = default;
  explicit GlobSet(std::span<const std::string> patterns);

  /// The numbers of the patterns that match `path` as matchesGlob() does, ascending; of equal
  /// patterns the first one's only.
  [[nodiscard]] std::vector<uint32_t> matching(std::string_view path) const;
  [[nodiscard]] bool matches(std::string_view path) const;
  /// The number of the first pattern that is equal to number `pattern`.
  [[nodiscard]] uint32_t firstEqual(uint32_t pattern) const { return first_equal_[pattern]; }

private:
  /// A pattern by the text that it is known by.
  struct Entry {
    std::string text;
    uint32_t pattern = 0;
  };
  /// Patterns whose text may stand at the same places of a path, by their texts.
  using Entries = std::vector<Entry>;

  /// Calls `take(pattern)` for those whose text stands in `path` at byte `at`.
  template <class Take>
  static void visit(const Entries &entries, std::string_view path, size_t at, Take &&take);
  template <class Take> void visitCandidates(std::string_view path, Take &&take) const;

  std::vector<std::string> patterns_;
  std::vector<uint32_t> first_equal_;
  Entries at_top_; ///< At the path's start.
  Entries anywhere_;
  std::vector<uint32_t> without_text_;
};

} // namespace lockstep::base
