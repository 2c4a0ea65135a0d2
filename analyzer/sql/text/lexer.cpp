#include "sql/text/lexer.hpp"

#include <algorithm>
#include <array>
#include <cassert>

// The comments name the rules of PostgreSQL's src/backend/parser/scan.l (18).

namespace lockstep::sql {

// --- classes of characters --------------------------------------------------------------------

namespace {
enum CharacterClass : uint8_t {
  space_class = 1,     ///< {space}
  start_class = 2,     ///< {ident_start}
  continue_class = 4,  ///< {ident_cont}
  digit_class = 8,     ///< {decdigit}
  operator_class = 16, ///< {op_chars}
  rescue_class = 32,   ///< What lets an operator end in + or -.
  line_end_class = 64, ///< {newline}
};
} // namespace

static constexpr std::array<uint8_t, 256> makeClasses() {
  std::array<uint8_t, 256> classes{};
  auto mark = [&](std::string_view characters, int bits) {
    for (char c : characters)
      classes[static_cast<unsigned char>(c)] |= static_cast<uint8_t>(bits);
  };
  mark(" \t\n\r\f\v", space_class);
  mark("\n\r", line_end_class);
  mark("~!@#^&|`?+-*/%<>=", operator_class);
  mark("~!@#^&|`?%", rescue_class);
  for (int c = 0; c < 256; ++c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80)
      classes[static_cast<size_t>(c)] |= start_class | continue_class;
    if (c >= '0' && c <= '9')
      classes[static_cast<size_t>(c)] |= digit_class | continue_class;
  }
  mark("$", continue_class);
  return classes;
}

static constexpr std::array<uint8_t, 256> classes = makeClasses();

static bool is(char c, int bits) { return (classes[static_cast<unsigned char>(c)] & bits) != 0; }
static bool isNot(char c, int bits) { return !is(c, bits); }

static bool isDigit(char c, int base) {
  if (base == 16)
    return is(c, digit_class) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  return c >= '0' && c < '0' + base;
}

// --- tokens -------------------------------------------------------------------------------------

Token Lexer::token(TokenKind kind, size_t end) {
  Token result;
  result.begin = static_cast<uint32_t>(at_);
  result.size =
      static_cast<uint32_t>(std::min<size_t>(end - at_, Token::max_size)) & Token::max_size;
  result.kind = kind;
  at_ = end;
  return result;
}

Token Lexer::next() {
  while (at_ < text_.size() && is(text_[at_], space_class))
    ++at_;
  if (at_ >= text_.size())
    return token(TokenKind::end, at_);
  char c = text_[at_];
  char after = at(at_ + 1);
  if (is(c, start_class)) {
    if (after == '\'') {
      switch (c) {
      case 'e':
      case 'E': // {xestart}
        return quoted(TokenKind::string, at_ + 1, true);
      case 'b':
      case 'B':
      case 'x':
      case 'X': // {xbstart}, {xhstart}
        return quoted(TokenKind::bit_string, at_ + 1, false);
      default: // {xnstart} too is a word, NCHAR, and a string.
        break;
      }
    }
    if ((c == 'u' || c == 'U') && after == '&') {
      if (at(at_ + 2) == '\'') // {xusstart}
        return quoted(TokenKind::string, at_ + 2, false);
      if (at(at_ + 2) == '"') // {xuistart}
        return quoted(TokenKind::quoted_word, at_ + 2, false);
    }
    return word(at_);
  }
  if (is(c, digit_class))
    return number();
  switch (c) {
  case '\'': // {xqstart}
    return quoted(TokenKind::string, at_, false);
  case '"': // {xdstart}
    return quoted(TokenKind::quoted_word, at_, false);
  case '$':
    return dollar();
  case '(':
  case '[':
    return token(TokenKind::left_paren, at_ + 1);
  case ')':
  case ']':
    return token(TokenKind::right_paren, at_ + 1);
  case ',':
    return token(TokenKind::comma, at_ + 1);
  case ';':
    return token(TokenKind::semicolon, at_ + 1);
  case '.':
    if (is(after, digit_class))
      return number();
    if (after == '.') // {dot_dot}
      return token(TokenKind::operator_, at_ + 2);
    return token(TokenKind::dot, at_ + 1);
  case ':':
    if (after == ':' || after == '=') // {typecast}, {colon_equals}
      return token(TokenKind::operator_, at_ + 2);
    return token(TokenKind::colon, at_ + 1);
  case '-':
    if (after == '-') { // {comment}
      size_t end = at_ + 2;
      while (end < text_.size() && isNot(text_[end], line_end_class))
        ++end;
      return token(TokenKind::line_comment, end);
    }
    return operatorToken();
  case '/':
    return after == '*' ? blockComment() : operatorToken();
  default:
    return is(c, operator_class) ? operatorToken() : token(TokenKind::other, at_ + 1);
  }
}

Token Lexer::word(size_t begin) {
  size_t end = begin + 1;
  while (end < text_.size() && is(text_[end], continue_class))
    ++end;
  return token(TokenKind::word, end);
}

/// Past digits with single underscores between them, {decinteger}; `start` where none stand there.
size_t Lexer::digits(size_t start, int base) const {
  size_t end = start;
  while (isDigit(at(end), base) || (end > start && at(end) == '_' && isDigit(at(end + 1), base)))
    ++end;
  return end;
}

Token Lexer::number() {
  size_t end = at_;
  char mark = static_cast<char>(at(at_ + 1) | 0x20);
  int base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
  if (at(at_) == '0' && base != 10) { // {hexinteger}, {octinteger}, {bininteger}
    size_t start = at_ + (at(at_ + 2) == '_' ? 3 : 2);
    end = digits(start, base);
    end = std::max(end, at_ + 2);
  } else {
    end = digits(at_, 10);
    // {numericfail}: in 1..10 the dots are a token.
    if (at(end) == '.' && at(end + 1) != '.')
      end = digits(end + 1, 10);
    if (at(end) == 'e' || at(end) == 'E') {
      size_t exponent = end + (at(end + 1) == '+' || at(end + 1) == '-' ? 2 : 1);
      if (is(at(exponent), digit_class))
        end = digits(exponent, 10);
    }
  }
  // {integer_junk} and its like: the scanner refuses them as one token.
  if (is(at(end), start_class))
    while (is(at(end), continue_class))
      ++end;
  return token(TokenKind::number, end);
}

Token Lexer::dollar() {
  size_t end = at_ + 1;
  if (is(at(end), digit_class)) { // {param}
    while (is(at(end), digit_class))
      ++end;
    return token(TokenKind::parameter, end);
  }
  if (is(at(end), start_class))
    while (is(at(end), start_class | digit_class))
      ++end;
  if (at(end) != '$') // {dolqfailed}
    return token(TokenKind::other, at_ + 1);
  // {dolqdelim}: no other delimiter can hide the closing one, since the scanner puts back the last
  // dollar sign of each that does not match.
  std::string_view delimiter = text_.substr(at_, end + 1 - at_);
  size_t close = text_.find(delimiter, end + 1);
  if (close == std::string_view::npos)
    return token(TokenKind::broken, text_.size());
  return token(TokenKind::dollar_string, close + delimiter.size());
}

Token Lexer::operatorToken() {
  size_t end = at_;
  while (is(at(end), operator_class))
    ++end;
  // {operator}: a comment ends it.
  for (size_t i = at_ + 1; i + 1 < end; ++i) {
    if ((text_[i] == '-' && text_[i + 1] == '-') || (text_[i] == '/' && text_[i + 1] == '*')) {
      end = i;
      break;
    }
  }
  if (end - at_ > longest_operator_run)
    return token(TokenKind::operator_, end);
  // As SQL wants it, a=-1 is three tokens; other operators may end in a sign.
  if (end - at_ > 1 && (text_[end - 1] == '+' || text_[end - 1] == '-')) {
    std::string_view rest = text_.substr(at_, end - 1 - at_);
    if (std::none_of(rest.begin(), rest.end(), [](char c) { return is(c, rescue_class); }))
      while (end - at_ > 1 && (text_[end - 1] == '+' || text_[end - 1] == '-'))
        --end;
  }
  return token(TokenKind::operator_, end);
}

Token Lexer::quoted(TokenKind kind, size_t quote, bool backslashes) {
  const char mark = text_[quote];
  size_t end = quote + 1;
  while (true) {
    if (backslashes) {
      while (end < text_.size() && text_[end] != mark)
        end += text_[end] == '\\' ? 2 : 1;
    } else {
      end = text_.find(mark, end);
    }
    if (end >= text_.size())
      return token(TokenKind::broken, text_.size());
    ++end;
    // {xqdouble}, {xddouble}; bit strings know no doubled quote.
    if (at(end) == mark && kind != TokenKind::bit_string) {
      ++end;
      continue;
    }
    size_t further = mark == '\'' ? continuedString(end) : 0;
    if (further == 0)
      return token(kind, end);
    end = further;
  }
}

/// Where a string whose quote closed before `end` goes on, {quotecontinue}: past the next quote if
/// only blanks with at least one line's end stand before it. 0 where it does not. The server would
/// take a comment there as well, libpg_query does not.
size_t Lexer::continuedString(size_t end) const {
  bool newline = false;
  for (; end < text_.size() && is(text_[end], space_class); ++end)
    newline |= is(text_[end], line_end_class);
  return newline && at(end) == '\'' ? end + 1 : 0;
}

Token Lexer::blockComment() {
  size_t depth = 1;
  size_t end = at_ + 2;
  while (end < text_.size()) {
    char c = text_[end];
    if (c == '/' && at(end + 1) == '*') { // {xcstart}
      ++depth;
      end += 2;
    } else if (c == '*' && at(end + 1) == '/') { // {xcstop}, and the last */ of **/
      end += 2;
      if (--depth == 0)
        return token(TokenKind::block_comment, end);
    } else {
      ++end;
    }
  }
  return token(TokenKind::broken, text_.size());
}

bool hasLongOperatorRun(std::string_view text) {
  // Such a run cannot stand between two of the places that are looked at.
  for (size_t at = 0; at < text.size(); at += Lexer::longest_operator_run) {
    size_t begin = at, end = at;
    while (begin > 0 && is(text[begin - 1], operator_class))
      --begin;
    while (end < text.size() && is(text[end], operator_class))
      ++end;
    if (end - begin > Lexer::longest_operator_run)
      return true;
  }
  return false;
}

Range contentOf(std::string_view text, const Token &token) {
  Range range = token.range();
  std::string_view bytes = text.substr(range.begin, range.size());
  size_t quote = bytes.find(token.kind == TokenKind::dollar_string ? '$' : '\'');
  assert(quote != std::string_view::npos && "only strings have a content");
  if (token.kind == TokenKind::dollar_string) {
    auto width = static_cast<uint32_t>(bytes.find('$', 1) + 1);
    return {range.begin + width, range.end - width};
  }
  return {range.begin + static_cast<uint32_t>(quote) + 1, range.end - 1};
}

} // namespace lockstep::sql
