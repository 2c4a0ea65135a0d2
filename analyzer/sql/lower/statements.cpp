#include "sql/lower/statements.hpp"

namespace lockstep::sql {

std::vector<Statement> lowerAll(const RawParse &parse, std::string_view text, uint32_t origin,
                                std::vector<SqlComment> *comments, std::vector<Range> &cut) {
  std::vector<Statement> statements;
  statements.reserve(parse.size());
  Lexer lexer(text);
  std::vector<Token> tokens;
  Token token = lexer.next();
  for (size_t i = 0; i <= parse.size(); ++i) {
    // The round after the last statement is for the comments behind it.
    bool is_statement = i < parse.size();
    uint32_t end = is_statement ? parse.end(i) : static_cast<uint32_t>(text.size());
    for (tokens.clear(); token.kind != TokenKind::end && token.begin < end; token = lexer.next()) {
      token.begin += origin;
      if (token.isComment()) {
        if (comments)
          comments->push_back({token.range(), token.kind == TokenKind::block_comment});
      } else if (token.kind != TokenKind::semicolon || !tokens.empty()) {
        tokens.push_back(token);
      }
    }
    if (is_statement)
      statements.push_back(
          lowerStatement(parse[i], LowerContext(text, origin, tokens, origin), cut));
  }
  return statements;
}

} // namespace lockstep::sql
