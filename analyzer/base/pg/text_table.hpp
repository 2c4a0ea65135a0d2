#pragma once

#include "base/hash.hpp"

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lockstep::base {

/// Cuts the next field, or all that is left, off a line of a TextTable.
[[nodiscard]] constexpr std::string_view takeField(std::string_view &line, char separator = ' ') {
  // Most fields are a few letters long: to call find() would cost more than to look.
  size_t end = 0;
  while (end < line.size() && line[end] != separator)
    ++end;
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(end == line.size() ? end : end + 1);
  return field;
}

/// How many slots a TextTable of this text wants: twice its keys, a power of two.
template <size_t size> constexpr size_t slotsFor(const char (&text)[size]) {
  size_t lines = 0;
  for (char c : text)
    lines += c == '\n';
  return std::bit_ceil(2 * lines);
}

/// A generated table as it stands in its file: lines whose first field is the key, those of a key
/// together. The text needs no work at start-up and is read where it is searched; which lines
/// belong to a key is hashed by the compiler.
template <size_t slots> class TextTable {
public:
  template <size_t size>
  constexpr explicit TextTable(const char (&text)[size]) : text_(text, size - 1) {
    starts_.fill(none);
    std::string_view before;
    for (size_t at = 0; at < text_.size();) {
      std::string_view line = lineAt(at);
      const size_t length = line.size() + 1;
      const std::string_view key = takeField(line);
      if (at == 0 || key != before)
        starts_[slotOf(key)] = static_cast<uint32_t>(at);
      before = key;
      at += length;
    }
  }

  /// The lines of a key: `row` gets the key as it stands in the table, whose memory outlives the
  /// caller's, and the line without it, until it returns true.
  template <typename Row> bool forKey(std::string_view key, Row row) const {
    for (size_t at = starts_[slotOf(key)]; at < text_.size() && isKeyAt(at, key);) {
      const std::string_view line = lineAt(at + key.size() + 1);
      if (row(text_.substr(at, key.size()), line))
        return true;
      at += key.size() + 1 + line.size() + 1;
    }
    return false;
  }

  /// All lines, with their keys.
  template <typename Row> bool forAll(Row row) const {
    for (size_t at = 0; at < text_.size();) {
      const std::string_view line = lineAt(at);
      at += line.size() + 1;
      if (row(line))
        return true;
    }
    return false;
  }

private:
  static constexpr uint32_t none = UINT32_MAX;

  [[nodiscard]] constexpr std::string_view lineAt(size_t at) const {
    return text_.substr(at, text_.find('\n', at) - at);
  }

  [[nodiscard]] constexpr bool isKeyAt(size_t at, std::string_view key) const {
    const size_t end = at + key.size();
    return end < text_.size() && text_[end] == ' ' && text_.substr(at, key.size()) == key;
  }

  /// The slot that holds the start of the key's lines, or the empty one that would.
  [[nodiscard]] constexpr size_t slotOf(std::string_view key) const {
    size_t slot = stableHash(key) % slots;
    while (starts_[slot] != none && !isKeyAt(starts_[slot], key))
      slot = (slot + 1) % slots;
    return slot;
  }

  std::string_view text_;
  std::array<uint32_t, slots> starts_{}; ///< Where the first line of a key stands.
};

/// Whether a field of versions, `*` or `15-17`, holds for a major version.
[[nodiscard]] inline bool holdsFor(std::string_view versions, int postgres) {
  if (versions == "*")
    return true;
  assert(versions.size() == 5 && versions[2] == '-');
  const int first = (versions[0] - '0') * 10 + versions[1] - '0';
  const int last = (versions[3] - '0') * 10 + versions[4] - '0';
  return first <= postgres && postgres <= last;
}

/// A `-` stands for an empty field.
[[nodiscard]] inline std::string_view optionalField(std::string_view field) {
  return field == "-" ? std::string_view() : field;
}

} // namespace lockstep::base
