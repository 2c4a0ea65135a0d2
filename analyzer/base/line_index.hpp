#pragma once
#include "base/range.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace lockstep::base {

/// Where the line that goes on at byte `at` ends, before its "\n", "\r\n" or lone "\r"; the text's
/// size for the last one.
[[nodiscard]] size_t endOfLine(std::string_view text, size_t at);

/// A place in a text as people and protocols name it.
struct Position {
  uint32_t line = 1;   ///< 1-based
  uint32_t column = 1; ///< 1-based, in the unit asked for
};

/// What a column counts.
enum class ColumnUnit { bytes, code_points, utf16 };

/// Maps byte offsets of one text to lines and columns. "\n", "\r\n" and a lone "\r" each end a
/// line. A byte that is no valid UTF-8 counts as one code point; a byte order mark at the start
/// counts in no column, as in editors. Refers to the text, which must outlive it.
class LineIndex {
public:
  explicit LineIndex(std::string_view text);

  /// Where `offset` stands; an offset past the end is the end of the text.
  [[nodiscard]] Position position(uint32_t offset, ColumnUnit unit = ColumnUnit::code_points) const;
  /// The byte offset of a position; a column past the line's end is the end of the line.
  [[nodiscard]] uint32_t offset(Position position, ColumnUnit unit = ColumnUnit::code_points) const;
  /// Bytes of a line without its terminator. `line` is 1-based and must exist.
  [[nodiscard]] Range lineRange(uint32_t line) const;
  [[nodiscard]] uint32_t lineOf(uint32_t offset) const;
  [[nodiscard]] uint32_t lineCount() const { return static_cast<uint32_t>(starts_.size()); }
  [[nodiscard]] std::string_view text() const { return text_; }

private:
  /// A byte of a long line, and its columns.
  struct Mark {
    uint32_t offset = 0;
    uint32_t code_points = 1;
    uint32_t utf16 = 1;
  };

  /// Where a line's columns start to count.
  [[nodiscard]] uint32_t firstByte(uint32_t line) const;
  void addMarks(uint32_t line);

  std::string_view text_;
  std::vector<uint32_t> starts_;
  /// Every so often in long lines, where to count from: a text without lines may have as many
  /// findings as one with them.
  std::vector<Mark> marks_;
};

} // namespace lockstep::base
