#include "ddl/expression.hpp"

namespace lockstep::ddl {

bool isCall(const SqlExpression &expression) {
  const ExpressionKind kind = expression.root.kind;
  if (kind != ExpressionKind::function && kind != ExpressionKind::coalesce)
    return false;
  const std::string_view text = expression.text;
  const size_t open = text.find('(');
  if (open == text.npos || text.substr(0, open).find_first_of(" \t\n'") != text.npos)
    return false;
  int depth = 0;
  char quote = 0;
  for (size_t at = open; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0)
      quote = c == quote ? 0 : quote;
    else if (c == '\'' || c == '"')
      quote = c;
    else if (c == '(')
      ++depth;
    else if (c == ')' && --depth == 0)
      return at + 1 == text.size();
  }
  return false;
}

} // namespace lockstep::ddl
