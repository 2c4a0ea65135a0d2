#include "sql/text/psql_mask.hpp"

#include "base/line_index.hpp"
#include "base/text.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>

namespace lockstep::sql {

static bool isLineEnd(char c) { return c == '\n' || c == '\r'; }
static bool isDigit(char c) { return c >= '0' && c <= '9'; }
static bool isNamePart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

namespace {
/// Blanks what psql does not send to the server, in one walk over the tokens.
class PsqlMasker {
public:
  explicit PsqlMasker(std::string_view text) : text_(result_.text), lexer_("") {
    result_.text = text;
    text_ = result_.text;
    lexer_ = Lexer(text_);
  }

  [[nodiscard]] MaskedText run();

private:
  [[nodiscard]] char at(size_t offset) const {
    return offset < text_.size() ? text_[offset] : '\0';
  }
  [[nodiscard]] size_t lineEnd(size_t at) const { return endOfLine(text_, at); }
  [[nodiscard]] bool isWord(const Token &token, std::string_view word) const;
  void sql(const Token &token);
  void metaCommand(uint32_t begin);
  [[nodiscard]] size_t argumentsEnd(size_t at) const;
  void variable(uint32_t begin);
  void data(size_t from);
  void endStatement();
  void blank(Range range);

  MaskedText result_;
  std::string_view text_; ///< result_.text, while it is being masked.
  Lexer lexer_;

  // The statement so far.
  uint32_t statement_begin_ = 0;
  size_t statement_tokens_ = 0;
  bool is_copy_ = false;
  bool from_stdin_ = false;
  /// Open brackets: 'a' where a bare colon may be SQL, as in array[1:2] and json_object('k':v).
  std::string brackets_;
  Token previous_;
};
} // namespace

bool PsqlMasker::isWord(const Token &token, std::string_view word) const {
  return token.kind == TokenKind::word && token.size == word.size() &&
         equalsIgnoringCase(text_.substr(token.begin, token.size), word);
}

/// Leaves the ends of lines, so that the text keeps its lines.
void PsqlMasker::blank(Range range) {
  char *bytes = result_.text.data();
  for (uint32_t i = range.begin; i < range.end; ++i)
    bytes[i] = isLineEnd(bytes[i]) ? bytes[i] : ' ';
}

void PsqlMasker::endStatement() {
  statement_tokens_ = 0;
  is_copy_ = from_stdin_ = false;
  brackets_.clear();
}

MaskedText PsqlMasker::run() {
  for (Token token = lexer_.next(); token.kind != TokenKind::end; token = lexer_.next()) {
    if (token.isComment())
      continue;
    if (token.kind == TokenKind::other && text_[token.begin] == '\\') {
      metaCommand(token.begin);
    } else if (token.kind == TokenKind::colon && (brackets_.empty() || brackets_.back() != 'a')) {
      variable(token.begin);
    } else {
      sql(token);
    }
    previous_ = token;
  }
  return std::move(result_);
}

void PsqlMasker::sql(const Token &token) {
  switch (token.kind) {
  case TokenKind::semicolon: {
    bool copies = is_copy_ && from_stdin_;
    endStatement();
    if (copies)
      data(lineEnd(token.end()));
    return;
  }
  case TokenKind::left_paren:
    brackets_ += text_[token.begin] == '[' || isWord(previous_, "json_object") ||
                         isWord(previous_, "json_objectagg")
                     ? 'a'
                     : '(';
    break;
  case TokenKind::right_paren:
    if (!brackets_.empty())
      brackets_.pop_back();
    break;
  case TokenKind::word:
    if (statement_tokens_ == 0)
      is_copy_ = isWord(token, "copy");
    else if (is_copy_ && brackets_.empty())
      from_stdin_ |= isWord(token, "stdin") && isWord(previous_, "from");
    break;
  default:
    break;
  }
  if (statement_tokens_++ == 0)
    statement_begin_ = token.begin;
}

/// Past the arguments of a meta-command: the line's end or the next backslash outside of quotes.
size_t PsqlMasker::argumentsEnd(size_t from) const {
  size_t end = lineEnd(from);
  for (size_t i = from; i < end; ++i) {
    char c = text_[i];
    if (c == '\\')
      return i;
    if (c == '\'' || c == '"' || c == '`') {
      size_t close = text_.find(c, i + 1);
      if (close == std::string_view::npos || close >= end)
        return end;
      i = close;
    }
  }
  return end;
}

/// A backslash outside of quotes, as psql reads it (PostgreSQL's documentation, psql,
/// "Meta-Commands").
void PsqlMasker::metaCommand(uint32_t begin) {
  if (at(begin + 1) == ';' || at(begin + 1) == ':') {
    // \; leaves the semicolon to the server, \: a colon that starts no variable.
    result_.text[begin] = ' ';
    result_.meta_commands.push_back({begin, begin + 1});
    lexer_ = Lexer(text_, at(begin + 1) == ';' ? begin + 1 : begin + 2);
    return;
  }
  size_t name_end = begin + 1;
  while (name_end < text_.size() && !isLineEnd(text_[name_end]) && text_[name_end] != ' ' &&
         text_[name_end] != '\t' && text_[name_end] != '\\')
    ++name_end;
  const std::string name(text_.substr(begin + 1, name_end - begin - 1));
  auto isOneOf = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  bool whole_line = isOneOf({"!", "copy", "ef", "ev", "sf", "sf+", "sv", "sv+", "h", "help"});
  size_t end = whole_line ? lineEnd(name_end) : argumentsEnd(name_end);
  const std::string arguments = toLowerAscii(text_.substr(name_end, end - name_end));
  if (at(end) == '\\' && at(end + 1) == '\\')
    end += 2; // Ends the arguments, SQL goes on.
  Range range{begin, static_cast<uint32_t>(end)};
  result_.meta_commands.push_back(range);
  blank(range);
  lexer_ = Lexer(text_, range.end);

  if (name == "r" || name == "reset") {
    if (statement_tokens_ > 0) {
      blank({statement_begin_, begin});
      result_.meta_commands.back().begin = statement_begin_;
    }
    endStatement();
  } else if (isOneOf({"g", "gx", "gexec", "gset", "gdesc", "crosstabview", "watch", "parse",
                      "sendpipeline"})) {
    // Each sends the statement so far, as a semicolon does.
    if (statement_tokens_ > 0)
      result_.text[begin] = ';';
    endStatement();
  } else if (name == "copy") {
    size_t from = arguments.find(" from ");
    if (from != std::string::npos && trim(arguments.substr(from + 6)).starts_with("stdin"))
      data(end);
  }
}

/// :name, :'name', :"name" and :{?name} become a name, a literal, a quoted name and `true`.
void PsqlMasker::variable(uint32_t begin) {
  char next = at(begin + 1);
  size_t end = begin + (next == '{' ? 3 : next == '\'' || next == '"' ? 2 : 1);
  size_t name = end;
  while (isNamePart(at(end)))
    ++end;
  if (end == name || isDigit(text_[name]))
    return;
  if (next == '\'' || next == '"') {
    if (at(end) != next)
      return;
    ++end;
    result_.text[begin] = ' ';
  } else if (next == '{') {
    if (at(begin + 2) != '?' || at(end) != '}')
      return;
    ++end;
    blank({begin, static_cast<uint32_t>(end)});
    result_.text.replace(begin, 4, "true");
  } else {
    result_.text[begin] = '_';
  }
  result_.variables.push_back({begin, static_cast<uint32_t>(end)});
  lexer_ = Lexer(text_, begin);
  Token token = lexer_.next();
  sql(token);
}

/// Blanks the lines after the line that ends at `line_end`, up to and with the line "\.".
void PsqlMasker::data(size_t line_end) {
  size_t begin = line_end;
  if (at(begin) == '\r')
    ++begin;
  if (at(begin) == '\n')
    ++begin;
  // The line "\." and nothing else on it.
  size_t end = text_.size();
  for (size_t i = text_.find("\\.", begin); i != std::string_view::npos;
       i = text_.find("\\.", i + 1)) {
    bool is_line = (i == begin || isLineEnd(text_[i - 1])) &&
                   (i + 2 == text_.size() || isLineEnd(text_[i + 2]));
    if (is_line) {
      end = i + 2;
      break;
    }
  }
  if (end == begin)
    return;
  Range range{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  result_.copy_data.push_back(range);
  blank(range);
  // What else stands on the statement's line comes first.
  if (trim(text_.substr(lexer_.position(), line_end - lexer_.position())).empty())
    lexer_ = Lexer(text_, range.end);
}

/// False where nothing in `text` can be psql's, as a look without its tokens tells.
static bool mayNeedMask(std::string_view text) {
  if (text.find('\\') != std::string_view::npos)
    return true;
  for (size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (next == ':')
      ++at;
    else if ((isNamePart(next) && !isDigit(next)) || next == '\'' || next == '"' || next == '{')
      return true;
  }
  // Data without an end.
  for (std::string_view word : {"stdin", "STDIN", "Stdin"})
    if (text.find(word) != std::string_view::npos)
      return true;
  return false;
}

MaskedText maskPsql(std::string_view text) {
  if (mayNeedMask(text))
    return PsqlMasker(text).run();
  MaskedText unchanged;
  unchanged.text = text;
  return unchanged;
}

} // namespace lockstep::sql
