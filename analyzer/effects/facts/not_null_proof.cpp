#include "effects/facts/not_null_proof.hpp"

#include <algorithm>

namespace lockstep::effects {

static bool isColumn(const Expression &expression, std::string_view column) {
  return expression.kind == ExpressionKind::column && expression.name == column;
}

static bool isNull(const Expression &expression) {
  return expression.kind == ExpressionKind::null_constant;
}

/// 't' or 'f' for a boolean constant, else 0.
static char booleanOf(const Expression &expression) {
  if (expression.kind != ExpressionKind::constant || expression.literal != LiteralKind::boolean ||
      expression.name.empty())
    return 0;
  return static_cast<char>(expression.name[0] | 0x20);
}

static bool isOperation(const Expression &expression, std::string_view name) {
  return expression.kind == ExpressionKind::operation && expression.name == name &&
         expression.arguments.size() == 2;
}

/// The operand that `column IS [NOT] DISTINCT FROM NULL` tests, or null.
static const Expression *comparedWithNull(const Expression &expression, std::string_view name) {
  if (!isOperation(expression, name))
    return nullptr;
  const Expression &left = expression.arguments[0], &right = expression.arguments[1];
  return isNull(right) ? &left : isNull(left) ? &right : nullptr;
}

/// True where `expression` having the value `truth` (or, as a CHECK, null) leaves `column` no null.
static bool implies(const Expression &expression, bool truth, std::string_view column) {
  const auto &arguments = expression.arguments;
  const auto each = [&](const Expression &part) { return implies(part, truth, column); };
  const auto test = truth ? ExpressionKind::is_not_null : ExpressionKind::is_null;
  if (expression.kind == test && arguments.size() == 1) {
    if (isColumn(arguments[0], column))
      return true;
    // ROW(a, b) IS NOT NULL holds if all fields are not null; its IS NULL tells nothing if false.
    return truth && arguments[0].kind == ExpressionKind::row &&
           std::any_of(arguments[0].arguments.begin(), arguments[0].arguments.end(),
                       [&](const Expression &field) { return isColumn(field, column); });
  }
  if (expression.kind == ExpressionKind::negation && arguments.size() == 1)
    return implies(arguments[0], !truth, column);
  const auto all_hold = truth ? ExpressionKind::conjunction : ExpressionKind::disjunction;
  const auto some_holds = truth ? ExpressionKind::disjunction : ExpressionKind::conjunction;
  if (expression.kind == all_hold)
    return std::any_of(arguments.begin(), arguments.end(), each);
  if (expression.kind == some_holds) {
    // Arms that constant folding drops do not matter: x OR false.
    const char dropped = truth ? 'f' : 't';
    bool found = false;
    for (const Expression &part : arguments) {
      if (booleanOf(part) == dropped)
        continue;
      if (!each(part))
        return false;
      found = true;
    }
    return found;
  }
  if (const Expression *tested =
          comparedWithNull(expression, truth ? "is distinct from" : "is not distinct from"))
    return isColumn(*tested, column);
  // (x IS NULL) = false folds to NOT (x IS NULL) (simplify_boolean_equality, clauses.c).
  for (std::string_view name : {"=", "<>"}) {
    if (!isOperation(expression, name))
      continue;
    for (size_t constant : {size_t{0}, size_t{1}})
      if (const char value = booleanOf(arguments[constant]))
        return implies(arguments[1 - constant], truth == ((value == 't') == (name == "=")), column);
  }
  return false;
}

bool impliesNotNull(const Expression &expression, std::string_view column) {
  return implies(expression, true, column);
}

const Constraint *notNullProof(const Relation &table, std::string_view column,
                               const Alteration *alter) {
  for (const Constraint &constraint : table.constraints)
    if (constraint.kind == ConstraintKind::check && constraint.valid && constraint.enforced &&
        constraint.expression && impliesNotNull(constraint.expression->root, column) &&
        !(alter && alter->dropsConstraint(constraint.name)))
      return &constraint;
  return nullptr;
}

} // namespace lockstep::effects
