#pragma once
#include "base/range.hpp"
#include "sql/layer.hpp"

#include <string_view>

namespace lockstep::sql {

/// What a token of SQL is. Keywords are not told from names: both are `word`.
enum class TokenKind : uint8_t {
  word,          ///< An unquoted name or a keyword.
  quoted_word,   ///< "name", U&"name".
  string,        ///< '…', E'…', U&'…', with its continuation lines.
  dollar_string, ///< $$…$$, $tag$…$tag$.
  bit_string,    ///< B'…', X'…'.
  number,
  parameter,  ///< $1
  operator_,  ///< + <> ->> :: := => ..
  left_paren, ///< Also the left bracket.
  right_paren,
  comma,
  semicolon,
  dot,
  colon,
  line_comment,  ///< Without the line's end.
  block_comment, ///< With the comments nested in it.
  broken,        ///< A quote or comment without an end, up to the end of the text.
  other,         ///< A character that SQL has no use for, such as a backslash.
  end,           ///< The end of the text; empty.
};

/// A token: its bytes in the text.
struct Token {
  static constexpr uint32_t max_size = (1u << 27) - 1;

  uint32_t begin = 0;
  uint32_t size : 27 = 0; ///< A longer token is cut to max_size.
  TokenKind kind : 5 = TokenKind::end;

  [[nodiscard]] uint32_t end() const { return begin + size; }
  [[nodiscard]] Range range() const { return {begin, begin + size}; }
  [[nodiscard]] bool isComment() const {
    return kind == TokenKind::line_comment || kind == TokenKind::block_comment;
  }
};

/// Splits a text exactly as PostgreSQL's scanner does (scan.l of 18, with
/// standard_conforming_strings on). Never fails: what the scanner refuses is a token, too.
class Lexer {
public:
  /// Bytes of the longest run of operator characters that is taken apart as the scanner does it,
  /// which looks at all of the run again for each sign that it takes off. A longer one is a token.
  static constexpr size_t longest_operator_run = 4096;

  /// Starts at byte `at`, which must not be inside a token.
  explicit Lexer(std::string_view text, uint32_t at = 0) : text_(text), at_(at) {}

  /// The next token or comment; `end` at the end of the text, again and again.
  [[nodiscard]] Token next();
  /// Where next() goes on.
  [[nodiscard]] uint32_t position() const { return static_cast<uint32_t>(at_); }

private:
  [[nodiscard]] char at(size_t offset) const {
    return offset < text_.size() ? text_[offset] : '\0';
  }
  [[nodiscard]] Token token(TokenKind kind, size_t end);
  [[nodiscard]] Token word(size_t begin);
  [[nodiscard]] Token number();
  [[nodiscard]] Token dollar();
  [[nodiscard]] Token operatorToken();
  [[nodiscard]] Token quoted(TokenKind kind, size_t quote, bool backslashes);
  [[nodiscard]] Token blockComment();
  [[nodiscard]] size_t continuedString(size_t end) const;
  [[nodiscard]] size_t digits(size_t at, int base) const;

  std::string_view text_;
  size_t at_ = 0;
};

/// True where more than Lexer::longest_operator_run operator characters stand in a row.
[[nodiscard]] bool hasLongOperatorRun(std::string_view text);

/// The bytes between the quotes of a `string`, `dollar_string` or `bit_string` token: as they stand
/// in the text, so still with doubled quotes and escapes in a `string`.
[[nodiscard]] Range contentOf(std::string_view text, const Token &token);

} // namespace lockstep::sql
