#include "sql/text/splitter.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace lockstep::sql {

/// What may be read twice to recover from quotes without an end, over a whole text.
static constexpr size_t reread_limit = size_t{32} << 20;

bool Splitter::isWord(const Token &token, std::string_view word) const {
  return token.kind == TokenKind::word && token.size == word.size() &&
         equalsIgnoringCase(text_.substr(token.begin, token.size), word);
}

bool Splitter::wordAt(size_t token, std::string_view word) const {
  return token < tokens_.size() && isWord(tokens_[token], word);
}

/// True for words that begin a statement but none of a SQL function's body or a rule's actions:
/// there, the body's end is missing.
bool Splitter::startsStatement(const Token &token) const {
  constexpr std::array<std::string_view, 20> words{
      "alter",  "analyze", "begin",    "comment", "commit",   "copy",    "create",
      "do",     "drop",    "grant",    "import",  "lock",     "refresh", "reindex",
      "revoke", "reset",   "rollback", "set",     "truncate", "vacuum"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return isWord(token, word); });
}

void Splitter::add(const Token &token) {
  if (tokens_.empty())
    range_.begin = token.begin;
  range_.end = lexer_.position();
  if (range_.size() <= statement_limit_)
    tokens_.push_back(token);
}

bool Splitter::next() {
  tokens_.clear();
  is_guess_ = false;
  // Of the words that CREATE starts with: what they allow a semicolon in.
  bool in_rule = false;
  bool in_routine = false;
  int parentheses = 0;
  int atomic = 0; // BEGIN ATOMIC and the CASEs in it.
  bool after_inner_semicolon = false;
  while (true) {
    Token token = lexer_.next();
    if (token.isComment()) {
      comments_.push_back({token.range(), token.kind == TokenKind::block_comment});
      continue;
    }
    if (token.kind == TokenKind::end)
      return !tokens_.empty();
    if (token.kind == TokenKind::semicolon) {
      bool inner = atomic > 0 || (in_rule && parentheses > 0);
      if (!inner && tokens_.empty())
        continue;
      if (!inner)
        return true;
      after_inner_semicolon = is_guess_ = true;
      add(token);
      continue;
    }
    if (after_inner_semicolon && startsStatement(token)) {
      lexer_ = Lexer(text_, token.begin);
      return true;
    }
    after_inner_semicolon = false;
    add(token);
    switch (token.kind) {
    case TokenKind::left_paren:
      ++parentheses;
      break;
    case TokenKind::right_paren:
      --parentheses;
      break;
    case TokenKind::word:
      if (tokens_.size() <= 4 && wordAt(0, "create")) {
        size_t kind = wordAt(1, "or") && wordAt(2, "replace") ? 3 : 1;
        in_rule = wordAt(kind, "rule");
        in_routine = wordAt(kind, "function") || wordAt(kind, "procedure");
      } else if (in_routine && parentheses == 0) {
        if (atomic == 0 && isWord(token, "atomic") && wordAt(tokens_.size() - 2, "begin")) {
          atomic = 1;
          is_guess_ = true;
        } else if (atomic > 0 && isWord(token, "case")) {
          ++atomic;
        } else if (atomic > 0 && isWord(token, "end")) {
          --atomic;
        }
      }
      break;
    case TokenKind::broken:
      recover();
      return true;
    default:
      break;
    }
  }
}

/// A quote without an end, here or earlier where it turned text and strings around: the statement
/// is cut at the first line that ends in a semicolon inside one of its strings.
void Splitter::recover() {
  char quote = text_[tokens_.back().begin];
  if (quote == '$' || quote == '/' || reread_ > reread_limit)
    return;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const Token &token = tokens_[i];
    if (token.kind != TokenKind::string && token.kind != TokenKind::quoted_word &&
        token.kind != TokenKind::broken)
      continue;
    uint32_t end = token.kind == TokenKind::broken ? range_.end : token.end();
    for (size_t at = text_.find(';', token.begin); at < end; at = text_.find(';', at + 1)) {
      size_t rest = text_.find_first_not_of(" \t", at + 1);
      if (rest != std::string_view::npos && text_[rest] != '\n' && text_[rest] != '\r')
        continue;
      auto cut = static_cast<uint32_t>(at);
      reread_ += range_.end - cut;
      std::erase_if(comments_,
                    [&](const SqlComment &comment) { return comment.range.begin > cut; });
      tokens_.resize(i + 1);
      tokens_[i].size = (cut - tokens_[i].begin) & Token::max_size;
      range_.end = cut;
      lexer_ = Lexer(text_, cut + 1);
      return;
    }
  }
}

} // namespace lockstep::sql
