#pragma once
#include "base/range.hpp"
#include "sql/layer.hpp"
#include "sql/text/lexer.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace lockstep::sql {

/// The tokens of one statement, comments left out. Parse nodes tell where they begin, if at all;
/// where they end is read off the tokens. An index past the last token is a token of no text.
class StatementTokens {
public:
  /// `tokens` are those of the statement, ranges in the file, which `text` is from byte `origin`
  /// on.
  StatementTokens(std::string_view text, std::span<const Token> tokens, uint32_t origin)
      : text_(text), origin_(origin), tokens_(tokens) {}

  /// The tokens [first, end) alone.
  [[nodiscard]] StatementTokens part(size_t first, size_t end) const;
  [[nodiscard]] size_t size() const { return tokens_.size(); }
  /// The first token that begins at or after `offset`.
  [[nodiscard]] size_t at(uint32_t offset) const;
  [[nodiscard]] Range range(size_t index) const;
  [[nodiscard]] std::string_view text(size_t index) const;
  [[nodiscard]] std::string_view slice(Range range) const {
    return text_.substr(range.begin - origin_, range.size());
  }
  /// From the first to before the last token.
  [[nodiscard]] Range span(size_t first, size_t last) const;
  /// What stands between the quotes of a string.
  [[nodiscard]] Range content(size_t index) const;
  /// Whether the token is this unquoted word (given in lower case) or symbol.
  [[nodiscard]] bool is(size_t index, std::string_view word) const;
  [[nodiscard]] bool isSymbol(size_t index, char symbol) const {
    return index < tokens_.size() && firstByte(index) == symbol;
  }

  /// The bracket that belongs to the one at `index`, round or square; `size()` without one.
  [[nodiscard]] size_t partner(size_t index) const;
  /// The token after `index`, or after its closing bracket where it opens one.
  [[nodiscard]] size_t next(size_t index) const;
  /// From `from`, the first token outside of brackets that is `word`; `end` without one.
  [[nodiscard]] size_t find(std::string_view word, size_t from, size_t end) const;
  [[nodiscard]] size_t find(std::string_view word, size_t from = 0) const {
    return find(word, from, size());
  }
  /// The end of the list element that begins at `from`: the next comma or closing bracket outside
  /// of brackets, `size()` without one.
  [[nodiscard]] size_t elementEnd(size_t from) const;

  /// `index`, or after the words IF [NOT] EXISTS that stand there.
  [[nodiscard]] size_t skipIfExists(size_t index) const;
  /// After the possibly qualified name that begins at `index`.
  [[nodiscard]] size_t skipName(size_t index) const;
  /// The possibly qualified name that begins at `index`.
  [[nodiscard]] Range name(size_t index) const { return span(index, skipName(index)); }
  /// After the type that begins at `index`, as PostgreSQL's grammar writes types.
  [[nodiscard]] size_t skipType(size_t index) const;
  /// After the fields of an interval, such as DAY TO SECOND (3), that may stand at `index`.
  [[nodiscard]] size_t skipIntervalFields(size_t index) const;

  /// `range` with the brackets that it holds one of and not the other.
  [[nodiscard]] Range balanced(Range range) const;

private:
  void pair() const;
  [[nodiscard]] char firstByte(size_t index) const { return text_[tokens_[index].begin - origin_]; }
  [[nodiscard]] size_t skipBrackets(size_t index) const {
    return isSymbol(index, '(') ? next(index) : index;
  }

  std::string_view text_;
  uint32_t origin_;
  std::span<const Token> tokens_;
  mutable std::vector<uint32_t> partners_; ///< Filled when first asked for.
};

} // namespace lockstep::sql
