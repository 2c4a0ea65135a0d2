#include "report/snippet.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"

#include <algorithm>
#include <cstdint>

namespace lockstep::report {

static constexpr size_t tab_width = 4;
static constexpr size_t longest_line = 160; ///< Columns; longer lines are cut around the marks.
static constexpr size_t shown_before = 40;  ///< Columns kept before the marks of a cut line.
/// Bytes: so far from the marks nothing is shown, whatever it is.
static constexpr uint32_t far_away = 2048;

namespace {
/// A piece of a line that cannot be split: what one code point became.
struct Cell {
  std::string text;
  size_t width = 0;
  uint32_t begin = 0; ///< Byte in the source.
};
} // namespace

/// Where to begin so that what is marked at `at` has enough before it: a long line is not looked at
/// from its start for each finding on it.
static uint32_t beginOfWindow(std::string_view source, Range line, uint32_t at) {
  if (at - line.begin <= far_away)
    return line.begin;
  uint32_t begin = at;
  for (size_t column = 0; column < shown_before && at - begin < far_away;) {
    uint32_t before = begin - 1;
    while (begin - before < 4 && (static_cast<unsigned char>(source[before]) & 0xC0) == 0x80)
      --before;
    if (before + decodeUtf8(source, before).bytes != begin)
      before = begin - 1;
    column += displayWidth(printableAt(source, before));
    begin = before;
  }
  return begin;
}

namespace {
/// What is looked at of a line.
struct Window {
  std::vector<Cell> cells;
  bool cut_before = false; ///< The line begins before the first cell.
  bool cut_after = false;  ///< It goes on behind the last one.
};
} // namespace

/// Of `line` what may be shown around the byte `marked`.
static Window windowOf(std::string_view source, Range line, uint32_t marked) {
  Window window;
  uint32_t at = beginOfWindow(source, line, marked);
  window.cut_before = at > line.begin;
  size_t column = 0;
  size_t enough = SIZE_MAX; ///< Known once the marks begin.
  while (at < line.end && column <= enough && (at < marked || at - marked <= far_away)) {
    if (at >= marked && enough == SIZE_MAX)
      enough = std::max(column, shown_before) - shown_before + longest_line;
    CodePoint point = decodeUtf8(source, at);
    Cell cell;
    cell.begin = at;
    if (at == 0 && point.value == 0xFEFF)
      cell.text = ""; // A byte order mark is no part of the text.
    else if (point.value == '\t')
      cell.text.assign(tab_width - column % tab_width, ' ');
    else
      cell.text = printableAt(source, at);
    cell.width = cell.text.empty() ? 0 : displayWidth(cell.text);
    column += cell.width;
    window.cells.push_back(std::move(cell));
    at += point.bytes;
  }
  window.cut_after = at < line.end;
  return window;
}

/// `text` and `marks` of one line, where the bytes in `marked` are marked.
static SnippetLine renderLine(const LineIndex &lines, uint32_t number, Range marked) {
  const Range range = lines.lineRange(number);
  const Window window =
      windowOf(lines.text(), range, std::clamp(marked.begin, range.begin, range.end));
  size_t total = 0, mark_begin = 0, mark_width = 0;
  for (const Cell &cell : window.cells) {
    if (cell.begin < marked.begin)
      mark_begin += cell.width;
    else if (cell.begin < marked.end)
      mark_width += cell.width;
    total += cell.width;
  }

  size_t from = 0, until = total;
  bool cut_before = window.cut_before, cut_after = window.cut_after;
  if (cut_before || cut_after || total > longest_line) {
    from = mark_begin > shown_before ? mark_begin - shown_before : 0;
    until = from + longest_line;
    cut_before |= from > 0;
    cut_after |= until < total;
  }
  SnippetLine line;
  line.number = number;
  line.text = cut_before ? "… " : "";
  size_t column = 0, skipped = 0;
  for (const Cell &cell : window.cells) {
    if (column < from)
      skipped += cell.width;
    else if (column < until)
      line.text += cell.text;
    column += cell.width;
  }
  line.text += cut_after ? " …" : "";
  while (!line.text.empty() && line.text.back() == ' ')
    line.text.pop_back();

  size_t indent = mark_begin - std::min(mark_begin, skipped) + (cut_before ? 2 : 0);
  size_t room = cut_after ? until - std::min(until, mark_begin) : mark_width;
  line.marks.assign(indent, ' ');
  line.marks.append(std::max<size_t>(1, std::min(mark_width, room)), '^');
  return line;
}

std::vector<SnippetLine> snippetOf(const LineIndex &lines, Range range) {
  uint32_t first = lines.lineOf(range.begin);
  uint32_t last = range.empty() ? first : lines.lineOf(range.end - 1);
  uint32_t first_end = last > first ? lines.lineRange(first).end : std::max(range.begin, range.end);
  std::vector<SnippetLine> snippet{renderLine(lines, first, {range.begin, first_end})};
  if (last == first)
    return snippet;
  if (last > first + 1)
    snippet.push_back({});
  Range bytes = lines.lineRange(last);
  std::string_view text = lines.text().substr(bytes.begin, bytes.size());
  size_t blanks = std::min(text.find_first_not_of(" \t"), text.size());
  uint32_t begin = bytes.begin + static_cast<uint32_t>(blanks);
  snippet.push_back(renderLine(lines, last, {begin, std::min(range.end, bytes.end)}));
  return snippet;
}

} // namespace lockstep::report
