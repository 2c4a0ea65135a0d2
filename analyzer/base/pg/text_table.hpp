#pragma once

#include <cassert>
#include <cstddef>
#include <string_view>

namespace lockstep {

/// Cuts the next field, or all that is left, off a line of a TextTable.
[[nodiscard]] inline std::string_view takeField(std::string_view &line, char separator = ' ') {
  const size_t end = line.find(separator);
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return field;
}

/// A generated table as it stands in its file: sorted lines, the first field is the key. Text
/// needs no relocation and no work at start-up, and is read where it is searched.
class TextTable {
public:
  template <size_t size>
  constexpr explicit TextTable(const char (&text)[size]) : text_(text, size - 1) {}

  /// The lines of a key: each line is passed to `row` without the key, until `row` returns true.
  template <typename Row> bool forKey(std::string_view key, Row row) const {
    for (size_t at = find(key); at < text_.size();) {
      std::string_view line = lineAt(at);
      at += line.size() + 1;
      if (takeField(line) != key)
        return false;
      if (row(line))
        return true;
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

  /// The key as it stands in the table, whose memory outlives the caller's. The key must exist.
  [[nodiscard]] std::string_view stored(std::string_view key) const {
    return text_.substr(find(key), key.size());
  }

private:
  [[nodiscard]] std::string_view lineAt(size_t at) const {
    return text_.substr(at, text_.find('\n', at) - at);
  }

  /// Where the first line stands whose key is not less than `key`.
  [[nodiscard]] size_t find(std::string_view key) const {
    size_t low = 0, high = text_.size();
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      const size_t before = middle == 0 ? text_.npos : text_.rfind('\n', middle - 1);
      const size_t start = before == text_.npos ? 0 : before + 1;
      std::string_view line = lineAt(start);
      const size_t next = start + line.size() + 1;
      if (takeField(line) < key)
        low = next;
      else
        high = start;
    }
    return low;
  }

  std::string_view text_;
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

} // namespace lockstep
