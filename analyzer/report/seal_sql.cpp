#include "report/seal_sql.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/harm.hpp"
#include "sql/text/lexer.hpp"

#include <utility>

namespace lockstep::report {

static bool isWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

/// A code point in E'…'.
static std::string escapeInString(const CodePoint &point, char byte) {
  if (!point.valid)
    return "\\x" + hexadecimal(static_cast<unsigned char>(byte), 2);
  if (point.value == '\r')
    return "\\r";
  if (point.value < 0x80)
    return "\\x" + hexadecimal(point.value, 2);
  return point.value <= 0xFFFF ? "\\u" + hexadecimal(point.value, 4)
                               : "\\U" + hexadecimal(point.value, 8);
}

/// A code point in U&"…"; there is none for a byte that is no UTF-8.
static std::string escapeInName(const CodePoint &point, char byte) {
  if (!point.valid)
    return "<0x" + hexadecimal(static_cast<unsigned char>(byte), 2) + ">";
  return point.value <= 0xFFFF ? "\\" + hexadecimal(point.value, 4)
                               : "\\+" + hexadecimal(point.value, 6);
}

namespace {
/// The bytes between the quotes of a token.
struct Content {
  size_t begin = 0;
  size_t end = 0;
};

class SqlSealer {
public:
  explicit SqlSealer(std::string_view script)
      : script_(script), lexer_(script), scanner_(script), harm_(scanner_.next()) {}

  std::string write();

private:
  using Escape = std::string (*)(const CodePoint &point, char byte);

  /// Whether the character at `at` may do harm. Asked for ever later places.
  [[nodiscard]] bool isHarmAt(size_t at);
  void blanks(size_t begin, size_t end);
  void token(const Token &token, size_t end);
  /// For what means nothing to the server, or is no SQL.
  void spelledOut(size_t begin, size_t end);
  void sign(const Token &token, size_t end);
  void word(Content content);
  void plainString(Content content);
  void escapeString(Content content);
  void dollarString(Content content);
  void plainName(Content content);
  /// The content of U&'…' and U&"…", and the UESCAPE that may follow, which is left out.
  void unicodeContent(Content content, char quote, Escape escape);
  /// A character of a literal or a name where `quote` encloses it and a backslash escapes.
  size_t character(size_t at, char quote, Escape escape);
  /// From the quote that ends a line of a literal past the one where it goes on.
  size_t continuation(size_t at);
  /// Keeps what is written next apart from a word before it.
  void separate();
  [[nodiscard]] char escapeCharacter();

  std::string_view script_;
  Lexer lexer_;
  HarmScanner scanner_;
  std::optional<Harm> harm_;
  std::string result_;
};
} // namespace

std::string SqlSealer::write() {
  result_.reserve(script_.size() + 64);
  for (size_t done = 0;;) {
    const Token next = lexer_.next();
    const size_t end = lexer_.position();
    blanks(done, next.begin);
    if (next.kind == TokenKind::end)
      return std::move(result_);
    (void)isHarmAt(next.begin);
    if (harm_ && harm_->at < end)
      token(next, end);
    else
      result_.append(script_, next.begin, end - next.begin);
    done = lexer_.position();
  }
}

bool SqlSealer::isHarmAt(size_t at) {
  while (harm_ && harm_->at < at)
    harm_ = scanner_.next();
  return harm_ && harm_->at == at;
}

void SqlSealer::blanks(size_t begin, size_t end) {
  for (size_t at = begin; at < end; ++at)
    if (!isHarmAt(at))
      result_ += script_[at];
    else
      result_ += script_[at] == '\r' ? '\n' : ' '; // A lone CR ends a comment.
}

void SqlSealer::token(const Token &token, size_t end) {
  const std::string_view text = script_.substr(token.begin, end - token.begin);
  const bool is_unicode = text.size() > 2 && text[1] == '&';
  switch (token.kind) {
  case TokenKind::word:
    return word({token.begin, end});
  case TokenKind::quoted_word:
    separate();
    result_ += "U&\"";
    if (is_unicode)
      unicodeContent({token.begin + 3, end - 1}, '"', &escapeInName);
    else
      plainName({token.begin + 1, end - 1});
    result_ += '"';
    return;
  case TokenKind::string:
    separate();
    result_ += "E'";
    if (is_unicode)
      unicodeContent({token.begin + 3, end - 1}, '\'', &escapeInString);
    else if (text.front() == '\'')
      plainString({token.begin + 1, end - 1});
    else
      escapeString({token.begin + 2, end - 1});
    result_ += '\'';
    return;
  case TokenKind::dollar_string: {
    const size_t delimiter = text.find('$', 1) + 1;
    separate();
    result_ += "E'";
    dollarString({token.begin + delimiter, end - delimiter});
    result_ += '\'';
    return;
  }
  case TokenKind::operator_:
  case TokenKind::colon:
    return sign(token, end);
  default:
    return spelledOut(token.begin, end);
  }
}

void SqlSealer::spelledOut(size_t begin, size_t end) {
  for (size_t at = begin; at < end;) {
    const size_t bytes = decodeUtf8(script_, at).bytes;
    if (isHarmAt(at))
      result_ += spelled(script_, at);
    else
      result_.append(script_, at, bytes);
    at += bytes;
  }
}

/// "::" at the start of a line gets a comment before it, the "##" of "##vso[" and the colon of
/// "section_start:1" a blank behind or before.
void SqlSealer::sign(const Token &token, size_t end) {
  const bool is_line_start = harm_->kind == HarmKind::line_start;
  if (is_line_start)
    result_ += "/**/";
  else if (token.kind == TokenKind::colon)
    result_ += ' ';
  result_.append(script_, token.begin, end - token.begin);
  if (!is_line_start && token.kind == TokenKind::operator_)
    result_ += ' ';
}

void SqlSealer::separate() {
  if (result_.empty() || !isWordByte(result_.back()))
    return;
  // N'…' is a word of its own to the server, NCHAR.
  const bool is_alone = result_.size() < 2 || !isWordByte(result_[result_.size() - 2]);
  if ((result_.back() == 'N' || result_.back() == 'n') && is_alone)
    result_ += "CHAR";
  result_ += ' ';
}

size_t SqlSealer::character(size_t at, char quote, Escape escape) {
  const CodePoint point = decodeUtf8(script_, at);
  if (isHarmAt(at)) {
    result_ += escape(point, script_[at]);
  } else {
    if (script_[at] == quote || script_[at] == '\\')
      result_ += script_[at];
    result_.append(script_, at, point.bytes);
  }
  return at + point.bytes;
}

size_t SqlSealer::continuation(size_t at) {
  result_ += "'\n'";
  return script_.find('\'', at + 1) + 1;
}

/// Folded as the server folds it.
void SqlSealer::word(Content content) {
  result_ += "U&\"";
  for (size_t at = content.begin; at < content.end;) {
    const char c = script_[at];
    if (c >= 'A' && c <= 'Z') {
      result_ += static_cast<char>(c + 32);
      ++at;
    } else {
      at = character(at, '"', &escapeInName);
    }
  }
  result_ += '"';
}

void SqlSealer::plainName(Content content) {
  for (size_t at = content.begin; at < content.end;) {
    const bool is_doubled = script_[at] == '"';
    at = character(at, '"', &escapeInName) + (is_doubled ? 1 : 0);
  }
}

/// A quote inside is doubled, or ends a line of the literal that goes on behind the next one.
void SqlSealer::plainString(Content content) {
  for (size_t at = content.begin; at < content.end;) {
    if (script_[at] != '\'') {
      at = character(at, '\'', &escapeInString);
    } else if (script_[at + 1] == '\'') {
      result_ += "''";
      at += 2;
    } else {
      at = continuation(at);
    }
  }
}

void SqlSealer::escapeString(Content content) {
  for (size_t at = content.begin; at < content.end;) {
    const char c = script_[at];
    if (c == '\\' && at + 1 < content.end) {
      // What is harmful stands for itself behind a backslash, too.
      if (isHarmAt(at + 1)) {
        at = character(at + 1, '\'', &escapeInString);
        continue;
      }
      const size_t bytes = 1 + decodeUtf8(script_, at + 1).bytes;
      result_.append(script_, at, bytes);
      at += bytes;
    } else if (c == '\'' && script_[at + 1] != '\'') {
      at = continuation(at);
    } else if (c == '\'') {
      result_ += "''";
      at += 2;
    } else {
      at = character(at, '\'', &escapeInString);
    }
  }
}

void SqlSealer::dollarString(Content content) {
  for (size_t at = content.begin; at < content.end;)
    at = character(at, '\'', &escapeInString);
}

static int hexValue(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The number of so many hexadecimal digits at `at`; nothing where they are none.
static std::optional<char32_t> hexNumber(std::string_view text, size_t at, size_t digits) {
  char32_t value = 0;
  for (size_t i = at; i < at + digits; ++i) {
    if (i >= text.size() || hexValue(text[i]) < 0)
      return std::nullopt;
    value = value * 16 + static_cast<char32_t>(hexValue(text[i]));
  }
  return value;
}

/// The character that UESCAPE names behind the token that was read last, else the backslash; reads
/// on behind the clause.
char SqlSealer::escapeCharacter() {
  Lexer ahead = lexer_;
  Token next = ahead.next();
  while (next.isComment())
    next = ahead.next();
  if (next.kind != TokenKind::word ||
      !equalsIgnoringCase(script_.substr(next.begin, next.size), "uescape"))
    return '\\';
  do
    next = ahead.next();
  while (next.isComment());
  if (next.kind != TokenKind::string || next.size < 3)
    return '\\';
  lexer_ = ahead;
  return script_[next.end() - 2];
}

void SqlSealer::unicodeContent(Content content, char quote, Escape escape) {
  const char mark = escapeCharacter();
  for (size_t at = content.begin; at < content.end;) {
    if (script_[at] == quote) {
      if (script_[at + 1] == quote) {
        result_.append(2, quote);
        at += 2;
      } else {
        at = continuation(at);
      }
      continue;
    }
    if (script_[at] != mark) {
      at = character(at, quote, escape);
      continue;
    }
    const bool is_long = at + 1 < content.end && script_[at + 1] == '+';
    const size_t begin = at + (is_long ? 2 : 1), digits = is_long ? 6 : 4;
    const std::optional<char32_t> value = hexNumber(script_, begin, digits);
    if (!value || begin + digits > content.end) { // The mark doubled stands for itself.
      at = character(at, quote, escape);
      at += at < content.end && script_[at] == mark ? 1 : 0;
      continue;
    }
    at = begin + digits;
    char32_t c = *value;
    // Two surrogates are one character.
    if (c >= 0xD800 && c < 0xDC00 && at < content.end && script_[at] == mark)
      if (const auto low = hexNumber(script_, at + 1, 4); low && *low >= 0xDC00 && *low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (*low - 0xDC00);
        at += 5;
      }
    result_ += escape(CodePoint{c, 1, true}, '\0');
  }
}

std::string sealSql(std::string script) {
  return isHarmless(script) ? std::move(script) : SqlSealer(script).write();
}

} // namespace lockstep::report
