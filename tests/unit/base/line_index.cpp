#include "base/line_index.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace lockstep::base;

static Position counted(const std::string &text, uint32_t offset, ColumnUnit unit) {
  return LineIndex(text).position(offset, unit);
}

TEST_CASE("columns of a long line are those that counting gives") {
  // Of 1, 2, 3 and 4 bytes; the last one is two units of UTF-16.
  std::string long_line;
  while (long_line.size() < 10000)
    long_line += "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80";
  const std::string text = "\xEF\xBB\xBFshort\n" + long_line + "\r\n" + long_line;
  const LineIndex index(text);
  REQUIRE(index.lineCount() == 3);
  for (uint32_t line : {2u, 3u}) {
    const uint32_t begin = index.lineRange(line).begin;
    for (uint32_t points = 0; points * 10 < long_line.size(); points += 37) {
      const uint32_t offset = begin + points * 10;
      CHECK(index.position(offset, ColumnUnit::bytes).column == points * 10 + 1);
      CHECK(index.position(offset, ColumnUnit::code_points).column == points * 4 + 1);
      CHECK(index.position(offset, ColumnUnit::utf16).column == points * 5 + 1);
      CHECK(index.position(offset + 3).column == points * 4 + 3);
      CHECK(index.position(offset).line == line);
    }
  }
  CHECK(index.position(static_cast<uint32_t>(text.size())).column == 4001);
}

TEST_CASE("a byte order mark counts in no column of a long line") {
  const std::string text = "\xEF\xBB\xBF" + std::string(9000, 'x');
  CHECK(counted(text, 8003, ColumnUnit::code_points).column == 8001);
  CHECK(counted(text, 8003, ColumnUnit::bytes).column == 8001);
  CHECK(counted(text, 0, ColumnUnit::bytes).column == 1);
}

TEST_CASE("lines of every ending") {
  const std::string text = "a\rb\r\nc\n\nd";
  const LineIndex index(text);
  REQUIRE(index.lineCount() == 5);
  CHECK(index.lineRange(2) == Range{2, 3});
  CHECK(index.lineRange(4) == Range{7, 7});
  CHECK(index.lineOf(8) == 5);
  CHECK(LineIndex("").lineCount() == 1);
  CHECK(LineIndex("a\n").lineCount() == 2);
  CHECK(LineIndex("a\r").lineCount() == 2);
}
