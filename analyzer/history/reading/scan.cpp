#include "history/reading/scan.hpp"

#include "sql/text/lexer.hpp"

#include <algorithm>

namespace lockstep::history {

uint32_t nextLine(std::string_view text, uint32_t offset) {
  size_t end = endOfLine(text, offset);
  if (end == text.size())
    return static_cast<uint32_t>(end);
  return static_cast<uint32_t>(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
}

std::optional<std::string_view> lineComment(std::string_view line) {
  if (!line.starts_with("--"))
    return std::nullopt;
  return trim(line.substr(2));
}

std::optional<std::string_view> afterWord(std::string_view text, std::string_view word) {
  if (text.size() < word.size() || !equalsIgnoringCase(text.substr(0, word.size()), word))
    return std::nullopt;
  std::string_view rest = text.substr(word.size());
  if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t')
    return std::nullopt;
  return trim(rest);
}

namespace {
/// Blocks, in the order of the text, against places that follow each other.
class Blocks {
public:
  explicit Blocks(const std::vector<Range> &blocks) : blocks_(blocks) {}

  /// `offset` is not before the one asked for last.
  bool contain(uint32_t offset) {
    for (; next_ < blocks_.size() && blocks_[next_].begin <= offset; ++next_)
      end_ = std::max(end_, blocks_[next_].end);
    return offset < end_;
  }

private:
  const std::vector<Range> &blocks_;
  size_t next_ = 0;
  uint32_t end_ = 0; ///< The furthest of those that have begun.
};
} // namespace

std::optional<Range> unfinishedStatement(std::string_view text, Range section,
                                         const std::vector<Range> &blocks) {
  Lexer lexer(slice(text, section));
  std::optional<Range> last;
  Blocks places(blocks);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.isComment())
      continue;
    Range place{token.begin + section.begin, token.end() + section.begin};
    bool ends = token.kind == TokenKind::semicolon || places.contain(place.begin);
    last = ends ? std::nullopt : std::optional<Range>(place);
  }
  return last;
}

std::vector<Range> cutBodies(std::string_view text, const std::vector<Range> &blocks) {
  std::vector<Range> bodies;
  if (text.find('$') == std::string_view::npos)
    return bodies;
  Lexer lexer(text);
  Blocks places(blocks);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.kind != TokenKind::dollar_string || places.contain(token.begin))
      continue;
    std::string_view body = slice(text, token.range());
    bool is_cut = false;
    forEachLine(body.substr(0, body.rfind('\n') + 1), [&](Range line) {
      std::string_view code = slice(body, line);
      is_cut = is_cut || trim(code.substr(0, code.find("--"))).ends_with(';');
    });
    if (is_cut)
      bodies.push_back(token.range());
  }
  return bodies;
}

void Sections::begin(Range directive, Direction direction) {
  if (!units_.empty())
    units_.back().section.end = directive.begin;
  Unit unit = unit_;
  unit.direction = direction;
  unit.section = {directive.end, static_cast<uint32_t>(text_.size())};
  units_.push_back(std::move(unit));
  masks_.push_back(separator(directive));
}

void Sections::finish(FileLayout &layout) {
  if (!units_.empty()) {
    std::string_view before = text_.substr(0, masks_.front().range.begin);
    Lexer lexer(before);
    Token token = lexer.next();
    while (token.isComment() || token.kind == TokenKind::semicolon)
      token = lexer.next();
    if (token.kind != TokenKind::end)
      layout.problems.push_back({token.range(), "no section holds this, so that it does not run",
                                 "move it behind the directive that begins the first section"});
  }
  layout.masks.insert(layout.masks.end(), masks_.begin(), masks_.end());
  layout.units.insert(layout.units.end(), units_.begin(), units_.end());
}

static std::string_view unquoted(std::string_view value) {
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front())
    return value.substr(1, value.size() - 2);
  return value;
}

std::string_view configValue(std::string_view text, std::string_view key) {
  std::string_view found;
  forEachLine(text, [&](Range range) {
    std::string_view line = trim(slice(text, range));
    size_t equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos || !found.empty())
      return;
    if (equalsIgnoringCase(trim(line.substr(0, equals)), key))
      found = unquoted(trim(line.substr(equals + 1)));
  });
  return found;
}

bool holdsOneStatement(std::string_view sql) {
  Lexer lexer(sql);
  bool ended = false;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.isComment())
      continue;
    if (ended && token.kind != TokenKind::semicolon)
      return false;
    ended = ended || token.kind == TokenKind::semicolon;
  }
  return true;
}

} // namespace lockstep::history
