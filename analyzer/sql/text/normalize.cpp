#include "sql/text/normalize.hpp"

#include "base/text.hpp"
#include "sql/text/lexer.hpp"

namespace lockstep::sql {

/// Dollar-quoted code is evened out like the statement around it, down to this depth.
constexpr int max_code_depth = 3;

static void appendNormalized(std::string &result, std::string_view sql, int depth) {
  Lexer lexer(sql);
  bool pending_semicolon = false;
  auto add = [&](std::string_view text) {
    if (!result.empty())
      result += ' ';
    if (pending_semicolon)
      result += "; ";
    pending_semicolon = false;
    result += text;
  };
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    std::string_view text = sql.substr(token.begin, token.size);
    switch (token.kind) {
    case TokenKind::line_comment:
    case TokenKind::block_comment:
      break;
    case TokenKind::semicolon:
      pending_semicolon = !result.empty();
      break;
    case TokenKind::word:
      add(toLowerAscii(text));
      break;
    case TokenKind::dollar_string:
      if (depth < max_code_depth) {
        Range code = contentOf(sql, token);
        add("$$");
        appendNormalized(result, sql.substr(code.begin, code.size()), depth + 1);
        add("$$");
        break;
      }
      [[fallthrough]];
    case TokenKind::string:
    case TokenKind::bit_string:
    case TokenKind::number:
      add("?");
      break;
    case TokenKind::quoted_word:
    case TokenKind::parameter:
    case TokenKind::operator_:
    case TokenKind::left_paren:
    case TokenKind::right_paren:
    case TokenKind::comma:
    case TokenKind::dot:
    case TokenKind::colon:
    case TokenKind::broken:
    case TokenKind::other:
    case TokenKind::end:
      add(text);
      break;
    }
  }
}

std::string normalizeSql(std::string_view sql) {
  std::string result;
  result.reserve(sql.size());
  appendNormalized(result, sql, 0);
  return result;
}

} // namespace lockstep::sql
