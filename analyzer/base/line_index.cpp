#include "base/line_index.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace lockstep::base {

size_t endOfLine(std::string_view text, size_t at) {
  size_t end = std::min(text.find('\n', at), text.size());
  size_t carriage_return = at < end ? text.substr(at, end - at).find('\r') : text.npos;
  return carriage_return == text.npos ? end : at + carriage_return;
}

static uint32_t width(const CodePoint &point, ColumnUnit unit) {
  switch (unit) {
  case ColumnUnit::bytes:
    return point.bytes;
  case ColumnUnit::code_points:
    return 1;
  case ColumnUnit::utf16:
    return point.value > 0xFFFF ? 2 : 1;
  }
  return 1;
}

/// The bytes between two marks.
static constexpr uint32_t mark_distance = 1024;

LineIndex::LineIndex(std::string_view text) : text_(text) {
  starts_.push_back(0);
  size_t newline = text.find('\n');
  for (size_t begin = 0; begin < text.size(); begin = starts_.back()) {
    if (newline < begin)
      newline = text.find('\n', begin);
    // Looked for once each: a text with lone "\r" may have no "\n" for long.
    const std::string_view rest = text.substr(begin, newline - begin);
    const size_t carriage_return = rest.find('\r');
    const size_t end = carriage_return == rest.npos ? begin + rest.size() : begin + carriage_return;
    if (end - begin > 2 * mark_distance)
      addMarks(lineCount());
    if (end == text.size())
      break;
    starts_.push_back(static_cast<uint32_t>(end + (text.substr(end).starts_with("\r\n") ? 2 : 1)));
  }
}

void LineIndex::addMarks(uint32_t line) {
  Mark mark{firstByte(line), 1, 1};
  uint32_t next = mark.offset + mark_distance;
  while (mark.offset < text_.size() && text_[mark.offset] != '\n' && text_[mark.offset] != '\r') {
    const CodePoint point = decodeUtf8(text_, mark.offset);
    mark.offset += point.bytes;
    mark.code_points += width(point, ColumnUnit::code_points);
    mark.utf16 += width(point, ColumnUnit::utf16);
    if (mark.offset < next)
      continue;
    marks_.push_back(mark);
    next += mark_distance;
  }
}

uint32_t LineIndex::lineOf(uint32_t offset) const {
  auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<uint32_t>(next - starts_.begin());
}

Range LineIndex::lineRange(uint32_t line) const {
  assert(line >= 1 && line <= lineCount());
  uint32_t begin = starts_[line - 1];
  uint32_t end = line < lineCount() ? starts_[line] : static_cast<uint32_t>(text_.size());
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r'))
    --end;
  return {begin, end};
}

uint32_t LineIndex::firstByte(uint32_t line) const {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  return line == 1 && text_.starts_with(byte_order_mark) ? 3 : starts_[line - 1];
}

Position LineIndex::position(uint32_t offset, ColumnUnit unit) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  uint32_t line = lineOf(offset);
  uint32_t column = 1;
  uint32_t at = firstByte(line);
  const auto mark = std::partition_point(marks_.begin(), marks_.end(),
                                         [&](const Mark &each) { return each.offset <= offset; });
  if (mark != marks_.begin() && std::prev(mark)->offset > at) {
    const Mark &from = *std::prev(mark);
    column = unit == ColumnUnit::code_points ? from.code_points
             : unit == ColumnUnit::utf16     ? from.utf16
                                             : from.offset - at + 1;
    at = from.offset;
  }
  while (at < offset) {
    if (static_cast<unsigned char>(text_[at]) < 0x80) {
      ++column;
      ++at;
      continue;
    }
    CodePoint point = decodeUtf8(text_, at);
    column += width(point, unit);
    at += point.bytes;
  }
  return {line, column};
}

uint32_t LineIndex::offset(Position position, ColumnUnit unit) const {
  if (position.line < 1)
    return 0;
  if (position.line > lineCount())
    return static_cast<uint32_t>(text_.size());
  Range line = lineRange(position.line);
  uint32_t at = firstByte(position.line);
  for (uint32_t column = 1; column < position.column && at < line.end;) {
    CodePoint point = decodeUtf8(text_, at);
    column += width(point, unit);
    at += point.bytes;
  }
  return std::min(at, line.end);
}

} // namespace lockstep::base
