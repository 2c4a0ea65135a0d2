#include "history/files/git_output.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace lockstep::history {

static std::optional<uint64_t> parseNumber(std::string_view digits) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size())
    return std::nullopt;
  return number;
}

static bool isHex(std::string_view digits) {
  return std::all_of(digits.begin(), digits.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// The name of an object: SHA-1 or SHA-256.
static bool isId(std::string_view id) { return (id.size() == 40 || id.size() == 64) && isHex(id); }

static bool isMode(std::string_view mode) {
  return mode.size() == 6 && mode.find_first_not_of("01234567") == std::string_view::npos;
}

/// A path that leads nowhere but below the root.
static bool isInside(std::string_view path) {
  if (path.empty() || path.starts_with('/'))
    return false;
  for (std::string_view part : split(path, '/'))
    if (part == "." || part == "..")
      return false;
  return true;
}

std::optional<BatchHeader> parseBatchHeader(std::string_view line, std::string_view id) {
  const std::vector<std::string_view> words = split(line, ' ');
  if (words.front() != id)
    return std::nullopt;
  if (words.size() == 2 && words[1] == "missing")
    return BatchHeader{};
  if (words.size() != 3 || words[1].empty())
    return std::nullopt;
  const std::optional<uint64_t> size = parseNumber(words[2]);
  return size ? std::optional(BatchHeader{words[1], *size}) : std::nullopt;
}

std::optional<std::vector<std::string_view>> parsePaths(std::string_view text) {
  std::vector<std::string_view> paths;
  while (!text.empty()) {
    const size_t end = text.find('\0');
    if (end == std::string_view::npos || !isInside(text.substr(0, end)))
      return std::nullopt;
    paths.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return paths;
}

/// Cuts off what stands before the first `separator`, and that one.
static std::optional<std::string_view> take(std::string_view &text, char separator) {
  const size_t end = text.find(separator);
  if (end == std::string_view::npos)
    return std::nullopt;
  std::string_view taken = text.substr(0, end);
  text.remove_prefix(end + 1);
  return taken;
}

std::optional<std::vector<IndexEntry>> parseIndex(std::string_view text) {
  std::vector<IndexEntry> entries;
  while (!text.empty()) {
    // "H 100644 <id> 0\t<path>"
    const std::optional<std::string_view> head = take(text, '\t');
    const std::optional<std::string_view> path = take(text, '\0');
    if (!head || !path || !isInside(*path))
      return std::nullopt;
    const std::vector<std::string_view> words = split(*head, ' ');
    if (words.size() != 4 || words[0].size() != 1 || !isMode(words[1]) || !isId(words[2]) ||
        words[3].size() != 1)
      return std::nullopt;
    const char tag = words[0].front();
    entries.push_back({.path = *path,
                       .mode = words[1],
                       .id = words[2],
                       .skipped = tag == 'S' || (tag >= 'a' && tag <= 'z'),
                       .unmerged = words[3] != "0"});
  }
  return entries;
}

std::optional<std::vector<RawChange>> parseRawDiff(std::string_view text) {
  std::vector<RawChange> changes;
  while (!text.empty()) {
    // ":100644 100644 <old id> <new id> M\0<path>\0"
    const std::optional<std::string_view> head = take(text, '\0');
    const std::optional<std::string_view> path = take(text, '\0');
    if (!head || !path || !head->starts_with(':') || !isInside(*path))
      return std::nullopt;
    const std::vector<std::string_view> words = split(head->substr(1), ' ');
    if (words.size() != 5 || !isMode(words[0]) || !isMode(words[1]) || !isId(words[2]) ||
        !isId(words[3]) || words[4].size() != 1 ||
        std::string_view("ADMTU").find(words[4].front()) == std::string_view::npos)
      return std::nullopt;
    changes.push_back({*path, words[4].front(), words[0], words[2]});
  }
  return changes;
}

std::optional<LfsPointer> parseLfsPointer(std::string_view blob) {
  constexpr size_t longest = 1024; // As its specification says.
  constexpr std::string_view first = "version https://git-lfs.github.com/spec/v1";
  constexpr std::string_view id = "oid sha256:";
  constexpr std::string_view size = "size ";
  if (blob.size() >= longest || !blob.starts_with(first))
    return std::nullopt;
  LfsPointer pointer;
  bool has_size = false;
  for (std::string_view line : split(blob, '\n'))
    if (line.starts_with(id)) {
      pointer.sha256 = line.substr(id.size());
    } else if (line.starts_with(size)) {
      const std::optional<uint64_t> number = parseNumber(line.substr(size.size()));
      has_size = number.has_value();
      pointer.size = number.value_or(0);
    }
  if (!has_size || pointer.sha256.size() != 64 || !isHex(pointer.sha256))
    return std::nullopt;
  return pointer;
}

} // namespace lockstep::history
