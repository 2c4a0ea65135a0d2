#pragma once
#include "base/result.hpp"
#include "diag/finding.hpp"
#include "engine/fingerprint.hpp"
#include "engine/layer.hpp"

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::engine {

/// The findings that a project has set aside, kept in a file of its own. An entry is known by rule,
/// file, normalised statement and which one of those alike it is, so that it survives moved lines
/// and fails where its statement is edited.
class Baseline {
public:
  struct Entry {
    std::string file; ///< Relative to the baseline's folder.
    std::string rule;
    std::string statement; ///< statementHash().
    uint32_t occurrence = 0;
    friend auto operator<=>(const Entry &, const Entry &) = default;
  };

  /// Paths of findings are turned into those of entries by the folder that the baseline lies in.
  explicit Baseline(std::string folder = ".");

  /// Reads the text of a baseline file. `path` says where it stands, for errors.
  [[nodiscard]] static Result<Baseline> parse(std::string_view text, const std::string &path);
  /// The file's text: the same entries give the same bytes.
  [[nodiscard]] std::string text() const;

  [[nodiscard]] const std::set<Entry> &entries() const { return entries_; }

  /// Marks the findings that it holds as suppressed. Those that are suppressed already are left
  /// alone and not counted. The findings are in their final order and have their fingerprints, here
  /// and below.
  void apply(std::span<Finding> findings) const;
  /// Entries that no finding answers to, among those that `judged` says could have been answered.
  [[nodiscard]] std::vector<Entry> stale(std::span<const Finding> findings,
                                         const std::function<bool(const Entry &)> &judged) const;

  /// Takes in what is found and not suppressed otherwise.
  void add(std::span<const Finding> findings);
  void remove(std::span<const Entry> entries);

  /// The path as entries have it.
  [[nodiscard]] std::string relative(const std::string &shown) const;

private:
  /// The entry that each finding would be; none for those that something else suppresses.
  [[nodiscard]] std::vector<Entry> entriesOf(std::span<const Finding> findings) const;

  std::string folder_; ///< Absolute.
  std::set<Entry> entries_;
};

} // namespace lockstep::engine
