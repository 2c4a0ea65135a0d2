#pragma once
#include "sql/layer.hpp"
#include "sql/text/lexer.hpp"

#include <span>
#include <string_view>

namespace lockstep::sql {

/// Where a statement stands in its text: turns the parser's locations into ranges, and gives
/// the tokens, in which what the parse nodes do not carry is found.
///
/// Positions are bytes of the file. Token indices count the statement's tokens, comments left out.
class LowerContext {
public:
  /// `text` is the stretch of the file from byte `origin` on that ranges may reach; the parser's
  /// location 0 is the file's byte `base`. `tokens` are those of the statement, without comments
  /// and without the semicolon at its end.
  LowerContext(std::string_view text, uint32_t base, std::span<const Token> tokens,
               uint32_t origin = 0)
      : text_(text), base_(base), origin_(origin), tokens_(tokens) {}

  /// Not the file where origin() is not 0: take pieces with slice().
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] uint32_t origin() const { return origin_; }
  [[nodiscard]] std::string_view slice(Range range) const {
    return text_.substr(range.begin - origin_, range.size());
  }
  [[nodiscard]] std::span<const Token> tokens() const { return tokens_; }
  [[nodiscard]] size_t tokenCount() const { return tokens_.size(); }

  /// From the statement's first to its last token.
  [[nodiscard]] Range statement() const { return range(0, tokens_.size()); }
  /// The byte of the file that a node's `location` means; the statement's begin where it is -1.
  [[nodiscard]] uint32_t offset(int location) const;
  /// The bytes from token `first` up to before token `last`; empty, at `first`, if there are none.
  [[nodiscard]] Range range(size_t first, size_t last) const;

  [[nodiscard]] std::string_view textOf(size_t token) const {
    return slice(tokens_[token].range());
  }
  [[nodiscard]] TokenKind kindOf(size_t token) const {
    return token < tokens_.size() ? tokens_[token].kind : TokenKind::end;
  }
  /// True where `token` is the keyword `word`, given in lower case.
  [[nodiscard]] bool isWord(size_t token, std::string_view word) const;
  /// The first token in [from, to) that is the keyword and stands in no further parentheses; `to`
  /// if none is.
  [[nodiscard]] size_t findWord(size_t from, size_t to, std::string_view word) const;
  /// The partner of the opening parenthesis or bracket at `open`; tokenCount() where it lacks.
  [[nodiscard]] size_t closing(size_t open) const;
  /// The end of the dotted name that starts at `from`: a.b.c, with blanks or not.
  [[nodiscard]] size_t endOfName(size_t from) const;

private:
  std::string_view text_;
  uint32_t base_;
  uint32_t origin_;
  std::span<const Token> tokens_;
};

} // namespace lockstep::sql
