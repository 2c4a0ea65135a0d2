#include "ops/expression.hpp"

#include <algorithm>

namespace lockstep::ops {

bool isConstant(const Expression &expression) {
  bool constant = true;
  forEachNode(expression, [&](const Expression &node) {
    switch (node.kind) {
    case ExpressionKind::column:
    case ExpressionKind::parameter:
    case ExpressionKind::function:
    case ExpressionKind::special:
    case ExpressionKind::subquery:
    case ExpressionKind::other:
      constant = false;
      break;
    case ExpressionKind::constant:
    case ExpressionKind::null_constant:
    case ExpressionKind::operation:
    case ExpressionKind::cast:
    case ExpressionKind::conjunction:
    case ExpressionKind::disjunction:
    case ExpressionKind::negation:
    case ExpressionKind::is_null:
    case ExpressionKind::is_not_null:
    case ExpressionKind::boolean_test:
    case ExpressionKind::case_:
    case ExpressionKind::coalesce:
    case ExpressionKind::array:
    case ExpressionKind::row:
    case ExpressionKind::collate:
      break;
    }
  });
  return constant;
}

std::vector<std::string> columnsOf(const Expression &expression) {
  std::vector<std::string> names;
  forEachNode(expression, [&](const Expression &node) {
    if (node.kind == ExpressionKind::column && node.name != "*")
      names.push_back(node.name);
  });
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool provesNotNull(const Expression &expression, std::string_view column) {
  if (expression.kind == ExpressionKind::conjunction)
    return std::any_of(expression.arguments.begin(), expression.arguments.end(),
                       [&](const Expression &part) { return provesNotNull(part, column); });
  return expression.kind == ExpressionKind::is_not_null && expression.arguments.size() == 1 &&
         expression.arguments[0].kind == ExpressionKind::column &&
         expression.arguments[0].name == column;
}

} // namespace lockstep::ops
