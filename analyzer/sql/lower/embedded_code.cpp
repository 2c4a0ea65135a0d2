#include "sql/lower/embedded_code.hpp"

#include "base/text.hpp"
#include "ops/name.hpp"

namespace lockstep::sql {

namespace {
/// Writes the code in a quoted string so that what it yields keeps its place: the byte that a
/// doubled quote or an escape takes more becomes a blank outside of the code's own literals.
class Unquoter {
public:
  explicit Unquoter(std::string_view content) : content_(content) {}
  [[nodiscard]] std::optional<std::string> run(bool backslashes);

private:
  void quote(size_t width);
  void put(char c) {
    result_ += c;
    ++at_;
  }

  std::string_view content_;
  std::string result_;
  size_t at_ = 0;
  bool in_literal_ = false; ///< Inside a literal of the code.
  bool in_nested_ = false;  ///< Inside one that the literal spells with two quotes.
};
} // namespace

/// A quote of the code, spelled in `width` bytes.
void Unquoter::quote(size_t width) {
  bool another = content_.substr(at_ + width, width) == content_.substr(at_, width);
  if (in_literal_ && another) {
    std::string pad(2 * (width - 1), ' ');
    result_ += in_nested_ ? "''" + pad : pad + "''";
    in_nested_ = !in_nested_;
    at_ += 2 * width;
    return;
  }
  std::string pad(width - 1, ' ');
  result_ += in_literal_ ? "'" + pad : pad + "'";
  in_literal_ = !in_literal_;
  in_nested_ = false;
  at_ += width;
}

std::optional<std::string> Unquoter::run(bool backslashes) {
  result_.reserve(content_.size());
  while (at_ < content_.size()) {
    char c = content_[at_];
    char next = at_ + 1 < content_.size() ? content_[at_ + 1] : '\0';
    if (c == '\'' && next == '\'') {
      quote(2);
    } else if (c == '\'') {
      put(' '); // Where the string goes on on another line.
    } else if (c == '\\' && backslashes) {
      if (next == '\'')
        quote(2);
      else if (next == '\0' || std::string_view("01234567xuU").find(next) != std::string_view::npos)
        return std::nullopt;
      else {
        bool is_blank = std::string_view("bfnrt").find(next) != std::string_view::npos;
        put(' ');
        put(is_blank ? ' ' : next);
      }
    } else {
      put(c);
    }
  }
  return std::move(result_);
}

std::optional<EmbeddedCode> codeOf(std::string_view text, uint32_t origin, const Token &token) {
  Token local = token;
  local.begin -= origin;
  Range content = contentOf(text, local);
  std::string_view bytes = text.substr(content.begin, content.size());
  EmbeddedCode code;
  code.origin = content.begin + origin;
  if (token.kind == TokenKind::dollar_string) {
    code.text = bytes;
    return code;
  }
  char prefix = text[local.begin];
  if (token.kind != TokenKind::string || prefix == 'u' || prefix == 'U')
    return std::nullopt;
  std::optional<std::string> unquoted = Unquoter(bytes).run(prefix == 'e' || prefix == 'E');
  if (!unquoted)
    return std::nullopt;
  code.text = std::move(*unquoted);
  return code;
}

/// A string constant's value: of those without escapes.
static std::optional<std::string> valueOf(const LowerContext &code, size_t token) {
  TokenKind kind = code.kindOf(token);
  std::string_view text = code.textOf(token);
  if (kind == TokenKind::dollar_string) {
    size_t width = text.find('$', 1) + 1;
    return std::string(text.substr(width, text.size() - 2 * width));
  }
  if (kind != TokenKind::string || text[0] != '\'' || text.find('\n') != std::string_view::npos)
    return std::nullopt;
  std::string value;
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    value += text[i];
    if (text[i] == '\'')
      ++i;
  }
  return value;
}

/// `text` at the place of `range`, filled up with blanks; nothing where it needs more room.
static std::optional<EmbeddedCode> placed(std::string text, Range range) {
  if (text.size() > range.size())
    return std::nullopt;
  text.resize(range.size(), ' ');
  return EmbeddedCode{std::move(text), range.begin};
}

/// 'a' || 'b' || …
static std::optional<EmbeddedCode> joinedText(const LowerContext &code, size_t first, size_t last) {
  std::string result;
  for (size_t i = first; i < last; i += 2) {
    std::optional<std::string> piece = valueOf(code, i);
    if (!piece || (i + 1 < last && code.textOf(i + 1) != "||"))
      return std::nullopt;
    // Keeps the pieces near their places, where a blank more changes nothing.
    size_t place = code.tokens()[i].begin + 1 - code.tokens()[first].begin - 1;
    if (place > result.size() && (result.ends_with(' ') || piece->starts_with(' ')))
      result.resize(place, ' ');
    result += *piece;
  }
  Range range = code.range(first, last);
  return placed(std::move(result), {range.begin + 1, range.end});
}

/// format('…', 'a', …) with %s, %I, %L and %%; the tokens are those between the parentheses.
static std::optional<EmbeddedCode> formattedText(const LowerContext &code, size_t first,
                                                 size_t last) {
  std::optional<std::string> pattern = valueOf(code, first);
  if (!pattern)
    return std::nullopt;
  std::vector<std::string> arguments;
  for (size_t i = first + 1; i < last; i += 2) {
    std::optional<std::string> argument = valueOf(code, i + 1);
    if (!argument || i + 1 >= last || code.kindOf(i) != TokenKind::comma)
      return std::nullopt;
    arguments.push_back(std::move(*argument));
  }
  std::string result;
  size_t used = 0;
  for (size_t i = 0; i < pattern->size(); ++i) {
    char c = (*pattern)[i];
    if (c != '%') {
      result += c;
      continue;
    }
    char what = ++i < pattern->size() ? (*pattern)[i] : '\0';
    if (what == '%') {
      result += '%';
      continue;
    }
    if (used == arguments.size() || (what != 's' && what != 'I' && what != 'L'))
      return std::nullopt;
    const std::string &argument = arguments[used++];
    result += what == 's'   ? argument
              : what == 'I' ? quoteIdentifier(argument)
                            : quoteLiteral(argument);
  }
  Range range = code.range(first, last);
  return placed(std::move(result), {range.begin + 1, range.end});
}

std::optional<EmbeddedCode> constantText(const LowerContext &code, size_t first, size_t last) {
  while (first < last && code.textOf(first) == "(" && code.closing(first) == last - 1) {
    ++first;
    --last;
  }
  if (first >= last)
    return std::nullopt;
  if (last - first == 1) {
    TokenKind kind = code.kindOf(first);
    if (kind != TokenKind::string && kind != TokenKind::dollar_string)
      return std::nullopt;
    return codeOf(code.text(), code.origin(), code.tokens()[first]);
  }
  if (code.isWord(first, "format") && code.textOf(first + 1) == "(" &&
      code.closing(first + 1) == last - 1)
    return formattedText(code, first + 2, last - 1);
  return joinedText(code, first, last);
}

} // namespace lockstep::sql
