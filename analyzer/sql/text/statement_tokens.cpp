#include "sql/text/statement_tokens.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace lockstep::sql {

StatementTokens StatementTokens::part(size_t first, size_t end) const {
  end = std::min(end, size());
  first = std::min(first, end);
  return {text_, tokens_.subspan(first, end - first), origin_};
}

Range StatementTokens::content(size_t index) const {
  if (index >= size())
    return range(index);
  Token local = tokens_[index];
  local.begin -= origin_;
  Range content = contentOf(text_, local);
  return {content.begin + origin_, content.end + origin_};
}

size_t StatementTokens::at(uint32_t offset) const {
  auto it = std::partition_point(tokens_.begin(), tokens_.end(),
                                 [&](const Token &token) { return token.begin < offset; });
  return static_cast<size_t>(it - tokens_.begin());
}

Range StatementTokens::range(size_t index) const {
  if (index < tokens_.size())
    return tokens_[index].range();
  uint32_t end = tokens_.empty() ? 0 : tokens_.back().end();
  return {end, end};
}

std::string_view StatementTokens::text(size_t index) const {
  return index < tokens_.size() ? slice(tokens_[index].range()) : std::string_view();
}

Range StatementTokens::span(size_t first, size_t last) const {
  if (first >= last)
    return {range(first).begin, range(first).begin};
  return {range(first).begin, range(last - 1).end};
}

bool StatementTokens::is(size_t index, std::string_view word) const {
  if (index >= tokens_.size() || tokens_[index].size != word.size())
    return false;
  return equalsIgnoringCase(slice(tokens_[index].range()), word);
}

void StatementTokens::pair() const {
  partners_.assign(tokens_.size(), static_cast<uint32_t>(tokens_.size()));
  std::vector<uint32_t> open;
  for (uint32_t i = 0; i < tokens_.size(); ++i) {
    char first = firstByte(i);
    if (first == '(' || first == '[') {
      open.push_back(i);
    } else if ((first == ')' || first == ']') && !open.empty()) {
      partners_[i] = open.back();
      partners_[open.back()] = i;
      open.pop_back();
    }
  }
}

size_t StatementTokens::partner(size_t index) const {
  if (index >= tokens_.size())
    return tokens_.size();
  if (partners_.empty())
    pair();
  return partners_[index];
}

size_t StatementTokens::next(size_t index) const {
  if (isSymbol(index, '(') || isSymbol(index, '['))
    index = partner(index);
  return std::min(index + 1, tokens_.size());
}

size_t StatementTokens::find(std::string_view word, size_t from, size_t end) const {
  for (size_t i = from; i < end; i = next(i))
    if (is(i, word))
      return i;
  return end;
}

size_t StatementTokens::elementEnd(size_t from) const {
  size_t i = from;
  while (i < size() && !isSymbol(i, ',') && !isSymbol(i, ')') && !isSymbol(i, ']'))
    i = next(i);
  return i;
}

size_t StatementTokens::skipIfExists(size_t index) const {
  if (!is(index, "if"))
    return index;
  size_t exists = is(index + 1, "not") ? index + 2 : index + 1;
  return is(exists, "exists") ? exists + 1 : index;
}

size_t StatementTokens::skipName(size_t index) const {
  if (index >= size())
    return size();
  ++index;
  while (is(index, ".") && index + 1 < size())
    index += 2;
  return index;
}

size_t StatementTokens::skipIntervalFields(size_t index) const {
  auto isField = [&](size_t i) {
    return is(i, "year") || is(i, "month") || is(i, "day") || is(i, "hour") || is(i, "minute") ||
           is(i, "second");
  };
  if (!isField(index))
    return index;
  ++index;
  if (is(index, "to") && isField(index + 1))
    index += 2;
  return is(index - 1, "second") ? skipBrackets(index) : index;
}

size_t StatementTokens::skipType(size_t index) const {
  if (is(index, "setof"))
    ++index;
  size_t i = index;
  if (is(i, "double") && is(i + 1, "precision")) {
    i += 2;
  } else if (is(i, "interval")) {
    size_t fields = skipIntervalFields(i + 1);
    i = fields == i + 1 ? skipBrackets(i + 1) : fields;
  } else if (is(i, "timestamp") || is(i, "time")) {
    i = skipBrackets(i + 1);
    if ((is(i, "with") || is(i, "without")) && is(i + 1, "time") && is(i + 2, "zone"))
      i += 3;
  } else if (is(i, "bit") || is(i, "character") || is(i, "char") || is(i, "varchar") ||
             is(i, "nchar") || is(i, "national")) {
    i += is(i, "national") ? 2 : 1;
    if (is(i, "varying"))
      ++i;
    i = skipBrackets(i);
  } else {
    i = skipBrackets(skipName(i));
    if (is(i, "%") && is(i + 1, "type"))
      i += 2;
  }
  if (is(i, "array"))
    return isSymbol(i + 1, '[') ? next(i + 1) : i + 1;
  while (isSymbol(i, '['))
    i = next(i);
  return std::min(i, size());
}

Range StatementTokens::balanced(Range range) const {
  for (size_t i = at(range.begin); i < size() && tokens_[i].begin < range.end; ++i) {
    char first = firstByte(i);
    if (first != '(' && first != '[' && first != ')' && first != ']')
      continue;
    size_t other = partner(i);
    if (other >= size())
      continue;
    if (other > i) {
      range.end = std::max(range.end, tokens_[other].end());
      i = other;
    } else {
      range.begin = std::min(range.begin, tokens_[other].begin);
    }
  }
  return range;
}

} // namespace lockstep::sql
