#pragma once
#include "sql/layer.hpp"
#include "sql/text/lexer.hpp"
#include "sql/text/problem.hpp"

#include <vector>

namespace lockstep::sql {

/// Cuts a text into statements by its tokens alone, so that one that does not parse costs no other.
/// A semicolon ends a statement, except in the body of CREATE FUNCTION … BEGIN ATOMIC … END and in
/// the parentheses of CREATE RULE, the only places where the grammar has one inside a statement.
class Splitter {
public:
  /// Of statements larger than `statement_limit` bytes only the first tokens are kept.
  Splitter(std::string_view text, size_t statement_limit)
      : text_(text), lexer_(text), statement_limit_(statement_limit) {
    tokens_.reserve(64);
  }

  /// Reads the next statement that has a token: false at the end of the text.
  [[nodiscard]] bool next();
  /// The statement's tokens, without comments and the semicolon at its end.
  [[nodiscard]] const std::vector<Token> &tokens() const { return tokens_; }
  [[nodiscard]] Range range() const { return range_; }
  /// The statement's end is a guess: it has a body or actions with semicolons in them.
  [[nodiscard]] bool isGuess() const { return is_guess_; }
  /// The comments met so far.
  [[nodiscard]] std::vector<SqlComment> &comments() { return comments_; }

private:
  void add(const Token &token);
  [[nodiscard]] bool isWord(const Token &token, std::string_view word) const;
  [[nodiscard]] bool wordAt(size_t token, std::string_view word) const;
  [[nodiscard]] bool startsStatement(const Token &token) const;
  void recover();

  std::string_view text_;
  Lexer lexer_;
  std::vector<Token> tokens_;
  std::vector<SqlComment> comments_;
  Range range_;
  size_t statement_limit_;
  size_t reread_ = 0;
  bool is_guess_ = false;
};

} // namespace lockstep::sql
