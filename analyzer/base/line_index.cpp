#include "base/line_index.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cassert>

namespace lockstep {

size_t endOfLine(std::string_view text, size_t at) {
  size_t end = std::min(text.find('\n', at), text.size());
  size_t carriage_return = at < end ? text.substr(at, end - at).find('\r') : text.npos;
  return carriage_return == text.npos ? end : at + carriage_return;
}

LineIndex::LineIndex(std::string_view text) : text_(text) {
  starts_.push_back(0);
  for (size_t end = endOfLine(text, 0); end < text.size(); end = endOfLine(text, starts_.back()))
    starts_.push_back(static_cast<uint32_t>(end + (text.substr(end).starts_with("\r\n") ? 2 : 1)));
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

uint32_t LineIndex::firstByte(uint32_t line) const {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  return line == 1 && text_.starts_with(byte_order_mark) ? 3 : starts_[line - 1];
}

Position LineIndex::position(uint32_t offset, ColumnUnit unit) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  uint32_t line = lineOf(offset);
  uint32_t column = 1;
  for (uint32_t at = firstByte(line); at < offset;) {
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

} // namespace lockstep
