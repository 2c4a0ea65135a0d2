#include "sql/text/one_line.hpp"

#include <algorithm>

namespace lockstep::sql {

static bool isBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static bool isWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

/// The end of the comment that starts at `at`, or `at` where none does.
static size_t commentEnd(std::string_view sql, size_t at) {
  if (sql.substr(at, 2) == "--") {
    size_t end = sql.find_first_of("\r\n", at);
    return end == std::string_view::npos ? sql.size() : end;
  }
  if (sql.substr(at, 2) != "/*")
    return at;
  int depth = 1;
  for (at += 2; at < sql.size() && depth > 0; ++at) {
    if (sql.substr(at, 2) == "/*")
      ++depth, ++at;
    else if (sql.substr(at, 2) == "*/")
      --depth, ++at;
  }
  return at;
}

/// The end of the quoted text (string, identifier, dollar quote) that starts at `at`, or `at`.
static size_t quotedEnd(std::string_view sql, size_t at) {
  char quote = sql[at];
  if (quote == '\'' || quote == '"') {
    bool escapes = quote == '\'' && at > 0 && (sql[at - 1] == 'E' || sql[at - 1] == 'e') &&
                   (at < 2 || !isWordByte(sql[at - 2]));
    for (++at; at < sql.size() && sql[at] != quote; ++at)
      if (escapes && sql[at] == '\\')
        ++at;
    return std::min(at + 1, sql.size());
  }
  if (quote != '$' || (at > 0 && isWordByte(sql[at - 1])))
    return at;
  size_t close = sql.find('$', at + 1);
  if (close == std::string_view::npos)
    return at;
  std::string_view tag = sql.substr(at, close - at + 1);
  for (char c : tag.substr(1, tag.size() - 2))
    if (!isWordByte(c) || c == '$')
      return at;
  if (tag.size() > 2 && tag[1] >= '0' && tag[1] <= '9')
    return at;
  size_t end = sql.find(tag, close + 1);
  return end == std::string_view::npos ? sql.size() : end + tag.size();
}

std::string oneLine(std::string_view sql) {
  std::string result;
  bool gap = false;
  auto append = [&](std::string_view text) {
    if (gap && !result.empty())
      result += ' ';
    gap = false;
    for (char c : text)
      result += isBlank(c) ? ' ' : c;
  };
  for (size_t at = 0; at < sql.size();) {
    if (isBlank(sql[at])) {
      gap = true;
      ++at;
    } else if (size_t comment_end = commentEnd(sql, at); comment_end != at) {
      gap = true;
      at = comment_end;
    } else if (size_t quoted_end = quotedEnd(sql, at); quoted_end != at) {
      append(sql.substr(at, quoted_end - at));
      at = quoted_end;
    } else {
      append(sql.substr(at++, 1));
    }
  }
  return result;
}

} // namespace lockstep::sql
