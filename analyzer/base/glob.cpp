#include "base/glob.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace lockstep::base {

/// Matches a "[…]" at the start of `pattern` against `c`; sets `length` to its size, 0 where it is
/// not closed.
static bool matchesSet(std::string_view pattern, char c, size_t &length) {
  size_t at = 1;
  bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  at += negated ? 1 : 0;
  bool found = false;
  for (size_t first = at; at < pattern.size() && (pattern[at] != ']' || at == first); ++at) {
    char low = pattern[at];
    char high = low;
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      high = pattern[at + 2];
      at += 2;
    }
    found = found || (low <= c && c <= high);
  }
  length = at < pattern.size() ? at + 1 : 0;
  return found != negated && c != '/';
}

/// Matches the whole text; linear in states, so that no pattern takes exponential time.
static bool matchesWhole(std::string_view pattern, std::string_view text) {
  // open[i]: the pattern's first i bytes match the text so far.
  auto spread = [&](std::vector<bool> &open, bool at_part_start) {
    for (size_t i = 0; i < pattern.size(); ++i) {
      if (!open[i] || pattern[i] != '*')
        continue;
      if (pattern.substr(i).starts_with("**/") && at_part_start)
        open[i + 3] = true;
      open[i + (pattern.substr(i).starts_with("**") ? 2 : 1)] = true;
    }
  };
  std::vector<bool> open(pattern.size() + 1);
  open[0] = true;
  spread(open, true);
  for (char c : text) {
    std::vector<bool> next(pattern.size() + 1);
    for (size_t i = 0; i < pattern.size(); ++i) {
      if (!open[i])
        continue;
      size_t length = 0;
      if (pattern.substr(i).starts_with("**"))
        next[i] = true;
      else if (pattern[i] == '*')
        next[i] = next[i] || c != '/';
      else if (pattern[i] == '?')
        next[i + 1] = next[i + 1] || c != '/';
      else if (pattern[i] == '[' && (matchesSet(pattern.substr(i), c, length) || length > 0))
        next[i + length] = next[i + length] || matchesSet(pattern.substr(i), c, length);
      else if (pattern[i] == '\\' && i + 1 < pattern.size())
        next[i + 2] = next[i + 2] || pattern[i + 1] == c;
      else
        next[i + 1] = next[i + 1] || pattern[i] == c;
    }
    open = std::move(next);
    spread(open, c == '/');
  }
  return open[pattern.size()];
}

bool matchesGlob(std::string_view pattern, std::string_view path) {
  if (path.starts_with('/'))
    path.remove_prefix(1);
  if (pattern.ends_with('/'))
    pattern.remove_suffix(1);
  bool is_anchored = pattern.find('/') != std::string_view::npos;
  if (pattern.starts_with('/'))
    pattern.remove_prefix(1);
  if (pattern.starts_with("./"))
    pattern.remove_prefix(2);
  std::string anywhere = "**/" + std::string(pattern);
  std::string_view whole = is_anchored ? pattern : std::string_view(anywhere);
  if (matchesWhole(whole, path))
    return true;
  for (size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1))
    if (slash > 0 && matchesWhole(whole, path.substr(0, slash)))
      return true;
  return false;
}

} // namespace lockstep::base
