#include "sql/lower/context.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace lockstep::sql {

uint32_t LowerContext::offset(int location) const {
  return location < 0 ? statement().begin : base_ + static_cast<uint32_t>(location);
}

Range LowerContext::range(size_t first, size_t last) const {
  last = std::min(last, tokens_.size());
  if (first < last)
    return {tokens_[first].begin, tokens_[last - 1].end()};
  if (tokens_.empty())
    return {base_, base_};
  uint32_t at = first < tokens_.size() ? tokens_[first].begin : tokens_.back().end();
  return {at, at};
}

bool LowerContext::isWord(size_t token, std::string_view word) const {
  return kindOf(token) == TokenKind::word && tokens_[token].size == word.size() &&
         equalsIgnoringCase(textOf(token), word);
}

size_t LowerContext::findWord(size_t from, size_t to, std::string_view word) const {
  to = std::min(to, tokens_.size());
  int depth = 0;
  for (size_t i = from; i < to; ++i) {
    if (tokens_[i].kind == TokenKind::left_paren)
      ++depth;
    else if (tokens_[i].kind == TokenKind::right_paren)
      --depth;
    else if (depth == 0 && isWord(i, word))
      return i;
  }
  return to;
}

size_t LowerContext::closing(size_t open) const {
  int depth = 0;
  for (size_t i = open; i < tokens_.size(); ++i) {
    if (tokens_[i].kind == TokenKind::left_paren)
      ++depth;
    else if (tokens_[i].kind == TokenKind::right_paren && --depth == 0)
      return i;
  }
  return tokens_.size();
}

size_t LowerContext::endOfName(size_t from) const {
  size_t end = std::min(from + 1, tokens_.size());
  while (kindOf(end) == TokenKind::dot && end + 1 < tokens_.size())
    end += 2;
  return end;
}

} // namespace lockstep::sql
