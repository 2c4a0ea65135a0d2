#include "base/glob_set.hpp"

#include "base/glob.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace lockstep::base {

namespace {
/// Text of a pattern that stands for itself.
struct Piece {
  std::string_view text;
  bool at_top = false; ///< A path must begin with it.
};
} // namespace

/// The pieces between what a pattern leaves open, without slashes at their ends: "a/**" matches
/// "a", too. A set, and what is behind a backslash, belongs to none.
static std::vector<Piece> piecesOf(std::string_view pattern) {
  if (pattern.ends_with('/'))
    pattern.remove_suffix(1);
  const bool anchored = pattern.find('/') != std::string_view::npos;
  if (pattern.starts_with('/'))
    pattern.remove_prefix(1);
  if (pattern.starts_with("./"))
    pattern.remove_prefix(2);
  std::vector<Piece> pieces;
  const auto add = [&](size_t begin, size_t end) {
    std::string_view text = pattern.substr(begin, end - begin);
    while (text.ends_with('/'))
      text.remove_suffix(1);
    while (text.starts_with('/'))
      text.remove_prefix(1);
    if (!text.empty())
      pieces.push_back({text, anchored && begin == 0 && text.data() == pattern.data()});
  };
  size_t begin = 0;
  for (size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c != '*' && c != '?' && c != '[' && c != '\\')
      continue;
    add(begin, at);
    if (c == '\\')
      ++at;
    // A set that is not closed stands for itself; nothing is lost where its text is left out.
    if (c == '[') {
      const bool negated =
          at + 1 < pattern.size() && (pattern[at + 1] == '!' || pattern[at + 1] == '^');
      at = std::min(pattern.find(']', at + (negated ? 3 : 2)), pattern.size() - 1);
    }
    begin = at + 1;
  }
  if (begin < pattern.size())
    add(begin, pattern.size());
  return pieces;
}

GlobSet::GlobSet(std::span<const std::string> patterns)
    : patterns_(patterns.begin(), patterns.end()) {
  std::unordered_map<std::string_view, uint32_t> known;
  std::unordered_map<std::string_view, uint32_t> shared; ///< How many patterns have a piece.
  for (uint32_t i = 0; i < patterns_.size(); ++i) {
    const auto [first, is_new] = known.emplace(patterns_[i], i);
    first_equal_.push_back(first->second);
    if (is_new)
      for (const Piece &piece : piecesOf(patterns_[i]))
        ++shared[piece.text];
  }
  for (uint32_t i = 0; i < patterns_.size(); ++i) {
    if (first_equal_[i] != i)
      continue;
    const std::vector<Piece> pieces = piecesOf(patterns_[i]);
    // The rarest one; of those the one that says most.
    const auto best =
        std::min_element(pieces.begin(), pieces.end(), [&](const Piece &a, const Piece &b) {
          return std::tuple(shared[a.text], !a.at_top, b.text.size()) <
                 std::tuple(shared[b.text], !b.at_top, a.text.size());
        });
    if (best == pieces.end())
      without_text_.push_back(i);
    else
      (best->at_top ? at_top_ : anywhere_).push_back({std::string(best->text), i});
  }
  for (Entries *entries : {&at_top_, &anywhere_})
    std::sort(entries->begin(), entries->end(), [](const Entry &a, const Entry &b) {
      return std::tie(a.text, a.pattern) < std::tie(b.text, b.pattern);
    });
}

template <class Take>
void GlobSet::visit(const Entries &entries, std::string_view path, size_t at, Take &&take) {
  // The entries that begin with what was read so far stand together.
  auto low = entries.begin(), high = entries.end();
  for (size_t length = 0; low != high; ++length) {
    for (; low != high && low->text.size() == length; ++low)
      take(low->pattern);
    if (at + length == path.size())
      return;
    const auto next = static_cast<unsigned char>(path[at + length]);
    const auto byteOf = [&](const Entry &entry) {
      return static_cast<unsigned char>(entry.text[length]);
    };
    low = std::partition_point(low, high, [&](const Entry &entry) { return byteOf(entry) < next; });
    high =
        std::partition_point(low, high, [&](const Entry &entry) { return byteOf(entry) == next; });
  }
}

template <class Take> void GlobSet::visitCandidates(std::string_view path, Take &&take) const {
  const std::string_view below = path.substr(path.starts_with('/') ? 1 : 0);
  visit(at_top_, below, 0, take);
  if (!anywhere_.empty())
    for (size_t at = 0; at < below.size(); ++at)
      visit(anywhere_, below, at, take);
  for (uint32_t pattern : without_text_)
    take(pattern);
}

std::vector<uint32_t> GlobSet::matching(std::string_view path) const {
  std::vector<uint32_t> found;
  visitCandidates(path, [&](uint32_t pattern) { found.push_back(pattern); });
  // A text may stand at several places.
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::erase_if(found, [&](uint32_t pattern) { return !matchesGlob(patterns_[pattern], path); });
  return found;
}

bool GlobSet::matches(std::string_view path) const {
  bool found = false;
  visitCandidates(
      path, [&](uint32_t pattern) { found = found || matchesGlob(patterns_[pattern], path); });
  return found;
}

} // namespace lockstep::base
