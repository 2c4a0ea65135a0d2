#include "history/reading/placeholders.hpp"

#include "history/reading/scan.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>
#include <string>

namespace lockstep::history {

static bool isNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

static bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// True where nothing but the placeholder stands between two statements on its line.
static bool isWholeStatement(std::string_view text, Range place) {
  std::string_view before = text.substr(0, place.begin);
  size_t last = before.find_last_not_of(" \t\r\n");
  bool starts = last == std::string_view::npos || before[last] == ';';
  std::string_view after = text.substr(place.end);
  size_t next = std::min(after.find_first_not_of(" \t"), after.size());
  bool ends =
      next == after.size() || after[next] == ';' || after[next] == '\n' || after[next] == '\r';
  return starts && ends;
}

static std::string replacement(std::string_view text, Range place, bool joins_previous,
                               bool joins_next) {
  if (isWholeStatement(text, place))
    return "";
  std::string_view inside = slice(text, place);
  std::string name;
  for (char c : inside)
    if (isNameByte(c) || c == ':' || c == '.')
      name += c;
  bool in_name = joins_previous || joins_next ||
                 (place.begin > 0 && isNameByte(text[place.begin - 1])) ||
                 (place.end < text.size() && isNameByte(text[place.end]));
  if (!in_name && name.size() + 2 <= place.size())
    return '"' + name + '"';
  // Part of a longer name, or too short for quotes: name bytes only, the whole length.
  std::string part(inside);
  std::replace_if(
      part.begin(), part.end(), [](char c) { return !isNameByte(c); }, '_');
  if (!in_name && isDigit(part.front()))
    part.front() = '_';
  return part;
}

void maskPlaceholders(std::string_view text, const std::vector<Range> &places, FileLayout &layout) {
  if (places.empty())
    return;
  FileLayout tried;
  for (size_t i = 0; i < places.size(); ++i) {
    bool joins_previous = i > 0 && places[i - 1].end == places[i].begin;
    bool joins_next = i + 1 < places.size() && places[i + 1].begin == places[i].end;
    tried.masks.push_back({places[i], replacement(text, places[i], joins_previous, joins_next)});
  }
  // With the names in place the text can be scanned; what turns out to be quoted stays.
  std::string masked = maskedText(text, tried, true, true);
  Lexer lexer(masked);
  Token token = lexer.next();
  for (Mask &mask : tried.masks) {
    while (token.kind != TokenKind::end && token.end() <= mask.range.begin)
      token = lexer.next();
    bool is_quoted = token.kind == TokenKind::string || token.isComment() ||
                     (token.kind == TokenKind::quoted_word && token.begin < mask.range.begin);
    if (!is_quoted || token.begin >= mask.range.end)
      layout.masks.push_back(std::move(mask));
  }
}

std::vector<Range> findPlaceholders(std::string_view text, std::string_view open,
                                    std::string_view close) {
  std::vector<Range> places;
  size_t line_end = 0;
  for (size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at)) {
    if (line_end <= at)
      line_end = std::min(text.find_first_of("\r\n", at), text.size());
    size_t end = text.substr(0, line_end).find(close, at + open.size());
    if (end == std::string_view::npos) {
      at = line_end;
      continue;
    }
    end += close.size();
    places.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
    at = end;
  }
  return places;
}

std::vector<Range> findShellVariables(std::string_view text, Range range) {
  std::vector<Range> places;
  for (size_t at = text.find('$', range.begin); at < range.end; at = text.find('$', at)) {
    size_t end = at + 1;
    if (end < text.size() && text[end] == '{') {
      end = text.find('}', end);
      if (end == std::string_view::npos)
        return places;
      ++end;
    } else if (end < text.size() && isNameByte(text[end]) && !isDigit(text[end])) {
      while (end < text.size() && isNameByte(text[end]))
        ++end;
      // $tag$ opens a string.
      if (end < text.size() && text[end] == '$') {
        at = end + 1;
        continue;
      }
    } else {
      at += text.substr(at).starts_with("$$") ? 2 : 1;
      continue;
    }
    places.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
    at = end;
  }
  return places;
}

void maskPsqlVariables(std::string_view text, FileLayout &layout) {
  auto mayStart = [&](size_t at) {
    char next = at + 1 < text.size() ? text[at + 1] : ' ';
    return text[at] == ':' && (at == 0 || text[at - 1] != ':') &&
           ((isNameByte(next) && !isDigit(next)) || next == '\'' || next == '"' || next == '{');
  };
  bool any = false;
  for (size_t at = text.find(':'); at != std::string_view::npos && !any;
       at = text.find(':', at + 1))
    any = mayStart(at);
  if (!any)
    return;
  int brackets = 0; // Inside them a colon may be that of an array slice.
  Lexer lexer(text);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.kind == TokenKind::left_paren && text[token.begin] == '[')
      ++brackets;
    if (token.kind == TokenKind::right_paren && text[token.begin] == ']')
      --brackets;
    if (token.kind != TokenKind::colon || brackets > 0 || !mayStart(token.begin))
      continue;
    Range place{token.begin, token.end()};
    if (text[token.end()] != '{') {
      layout.masks.push_back({place, ""});
      continue;
    }
    size_t close = text.find('}', token.end());
    if (close == std::string_view::npos)
      return;
    place.end = static_cast<uint32_t>(close + 1);
    layout.masks.push_back({place, place.size() >= 4 ? "true" : ""});
  }
}

} // namespace lockstep::history
