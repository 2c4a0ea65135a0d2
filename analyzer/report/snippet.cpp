#include "report/snippet.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"

#include <algorithm>

namespace lockstep::report {

static constexpr size_t tab_width = 4;
static constexpr size_t longest_line = 160; ///< Columns; longer lines are cut around the marks.
static constexpr size_t shown_before = 40;  ///< Columns kept before the marks of a cut line.

namespace {
/// A piece of a line that cannot be split: what one code point became.
struct Cell {
  std::string text;
  size_t width = 0;
  uint32_t begin = 0; ///< Byte in the source.
};
} // namespace

static std::vector<Cell> cellsOf(std::string_view source, Range line) {
  std::vector<Cell> cells;
  size_t column = 0;
  for (uint32_t at = line.begin; at < line.end;) {
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
    cells.push_back(std::move(cell));
    at += point.bytes;
  }
  return cells;
}

/// `text` and `marks` of one line, where the bytes in `marked` are marked.
static SnippetLine renderLine(const LineIndex &lines, uint32_t number, Range marked) {
  Range range = lines.lineRange(number);
  std::vector<Cell> cells = cellsOf(lines.text(), range);
  size_t total = 0, mark_begin = 0, mark_width = 0;
  for (const Cell &cell : cells) {
    if (cell.begin < marked.begin)
      mark_begin += cell.width;
    else if (cell.begin < marked.end)
      mark_width += cell.width;
    total += cell.width;
  }

  size_t from = 0, until = total;
  if (total > longest_line) {
    from = mark_begin > shown_before ? mark_begin - shown_before : 0;
    until = from + longest_line;
  }
  SnippetLine line;
  line.number = number;
  line.text = from > 0 ? "… " : "";
  size_t column = 0, skipped = 0;
  for (const Cell &cell : cells) {
    if (column < from)
      skipped += cell.width;
    else if (column < until)
      line.text += cell.text;
    column += cell.width;
  }
  line.text += until < total ? " …" : "";
  while (!line.text.empty() && line.text.back() == ' ')
    line.text.pop_back();

  size_t indent = mark_begin - std::min(mark_begin, skipped) + (from > 0 ? 2 : 0);
  size_t room = until < total ? until - std::min(until, mark_begin) : mark_width;
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
