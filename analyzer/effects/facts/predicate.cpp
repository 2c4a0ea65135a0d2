#include "effects/facts/predicate.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lockstep::effects {

using Kind = Predicate::Kind;

std::string subjectOf(const Expression &expression) {
  if (expression.kind == ExpressionKind::column)
    return expression.name;
  std::string text = std::to_string(static_cast<int>(expression.kind));
  text.append(" ").append(expression.schema == "pg_catalog" ? "" : expression.schema);
  text.append(".").append(expression.name);
  if (expression.type)
    text.append(":").append(sqlType(*expression.type));
  text += '(';
  for (const Expression &argument : expression.arguments)
    text.append(subjectOf(argument)).append(",");
  return text += ')';
}

Predicate allOf(std::vector<Predicate> parts) {
  if (parts.size() == 1)
    return std::move(parts.front());
  Predicate result;
  result.kind = Kind::all_of;
  result.parts = std::move(parts);
  return result;
}

Predicate anyOf(std::vector<Predicate> parts) {
  if (parts.size() == 1)
    return std::move(parts.front());
  Predicate result;
  result.kind = Kind::any_of;
  result.parts = std::move(parts);
  return result;
}

static Comparison opposite(Comparison comparison) {
  switch (comparison) {
  case Comparison::less:
    return Comparison::greater_equal;
  case Comparison::less_equal:
    return Comparison::greater;
  case Comparison::equal:
    return Comparison::not_equal;
  case Comparison::greater_equal:
    return Comparison::less;
  case Comparison::greater:
    return Comparison::less_equal;
  case Comparison::not_equal:
    return Comparison::equal;
  }
  return comparison;
}

static Comparison mirrored(Comparison comparison) {
  switch (comparison) {
  case Comparison::less:
    return Comparison::greater;
  case Comparison::less_equal:
    return Comparison::greater_equal;
  case Comparison::greater_equal:
    return Comparison::less_equal;
  case Comparison::greater:
    return Comparison::less;
  case Comparison::equal:
  case Comparison::not_equal:
    return comparison;
  }
  return comparison;
}

Predicate negated(Predicate predicate) {
  switch (predicate.kind) {
  case Kind::all_of:
  case Kind::any_of:
    predicate.kind = predicate.kind == Kind::all_of ? Kind::any_of : Kind::all_of;
    for (Predicate &part : predicate.parts)
      part = negated(std::move(part));
    break;
  case Kind::comparison:
    predicate.comparison = opposite(predicate.comparison);
    break;
  case Kind::is_null:
    predicate.kind = Kind::is_not_null;
    break;
  case Kind::is_not_null:
    predicate.kind = Kind::is_null;
    break;
  case Kind::opaque:
    predicate.text.insert(0, "not ");
    break;
  }
  return predicate;
}

static std::optional<Comparison> comparisonOf(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Comparison>, 7> operators{
      {{"<", Comparison::less},
       {"<=", Comparison::less_equal},
       {"=", Comparison::equal},
       {">=", Comparison::greater_equal},
       {">", Comparison::greater},
       {"<>", Comparison::not_equal},
       {"!=", Comparison::not_equal}}};
  for (const auto &[symbol, comparison] : operators)
    if (symbol == name)
      return comparison;
  return std::nullopt;
}

static Predicate opaque(const Expression &expression) {
  Predicate result;
  result.text = subjectOf(expression);
  return result;
}

/// `subject` compared with a constant; an opaque test if it is none.
static Predicate compared(const Expression &subject, Comparison comparison,
                          const Expression &constant, const Expression &whole,
                          const ColumnTypes &types) {
  // An expression's own type is not known: it is taken to be that of its columns.
  std::string type;
  forEachNode(subject, [&](const Expression &node) {
    if (node.kind == ExpressionKind::column && type.empty())
      type = types(node.name);
  });
  std::optional<ConstantValue> value = constantValue(constant, type);
  if (!value || type.empty())
    return opaque(whole);
  Predicate result;
  result.kind = Kind::comparison;
  result.subject = subjectOf(subject);
  result.comparison = comparison;
  result.value = std::move(*value);
  return result;
}

static bool hasColumn(const Expression &expression) {
  bool found = false;
  forEachNode(expression, [&](const Expression &node) {
    found = found || node.kind == ExpressionKind::column;
  });
  return found;
}

/// IN (…), = ANY (ARRAY[…]) and BETWEEN, written out.
static Predicate fromList(const Expression &expression, const ColumnTypes &types) {
  const auto &arguments = expression.arguments;
  const Expression &subject = arguments[0];
  const auto test = [&](Comparison comparison, const Expression &constant) {
    return compared(subject, comparison, constant, expression, types);
  };
  const std::string_view name = expression.name;
  if ((name == "between" || name == "not between") && arguments.size() == 3) {
    Predicate range = allOf({test(Comparison::greater_equal, arguments[1]),
                             test(Comparison::less_equal, arguments[2])});
    return name == "between" ? range : negated(std::move(range));
  }
  std::vector<Predicate> parts;
  if (name == "in" || name == "not in") {
    for (size_t i = 1; i < arguments.size(); ++i)
      parts.push_back(test(Comparison::equal, arguments[i]));
  } else if (name == "= any" && arguments.size() == 2) {
    const Expression *list = &arguments[1];
    while (list->kind == ExpressionKind::cast && list->arguments.size() == 1)
      list = &list->arguments[0];
    if (list->kind != ExpressionKind::array)
      return opaque(expression);
    for (const Expression &element : list->arguments)
      parts.push_back(test(Comparison::equal, element));
  } else {
    return opaque(expression);
  }
  Predicate result = anyOf(std::move(parts));
  return name == "not in" ? negated(std::move(result)) : result;
}

static std::vector<Predicate> predicatesOf(const std::vector<Expression> &expressions,
                                           const ColumnTypes &types) {
  std::vector<Predicate> parts;
  parts.reserve(expressions.size());
  for (const Expression &expression : expressions)
    parts.push_back(predicateOf(expression, types));
  return parts;
}

Predicate predicateOf(const Expression &expression, const ColumnTypes &types) {
  const auto &arguments = expression.arguments;
  if (expression.kind == ExpressionKind::conjunction)
    return allOf(predicatesOf(arguments, types));
  if (expression.kind == ExpressionKind::disjunction)
    return anyOf(predicatesOf(arguments, types));
  if (expression.kind == ExpressionKind::negation && arguments.size() == 1)
    return negated(predicateOf(arguments[0], types));
  const bool is_null_test =
      expression.kind == ExpressionKind::is_null || expression.kind == ExpressionKind::is_not_null;
  if (is_null_test && arguments.size() == 1) {
    Predicate result;
    result.kind = expression.kind == ExpressionKind::is_null ? Kind::is_null : Kind::is_not_null;
    result.subject = subjectOf(arguments[0]);
    return result;
  }
  if (expression.kind != ExpressionKind::operation || arguments.empty())
    return opaque(expression);
  const std::optional<Comparison> comparison = comparisonOf(expression.name);
  if (!comparison)
    return fromList(expression, types);
  if (arguments.size() != 2)
    return opaque(expression);
  if (!hasColumn(arguments[0]) && hasColumn(arguments[1]))
    return compared(arguments[1], mirrored(*comparison), arguments[0], expression, types);
  return compared(arguments[0], *comparison, arguments[1], expression, types);
}

/// Whether x `given` a proves x `wanted` b, by how a compares with b (the tables of
/// operator_predicate_proof, predtest.c).
static bool comparisonImplies(Comparison given, Comparison wanted, std::strong_ordering a_to_b) {
  const bool is_less = a_to_b<0, is_equal = a_to_b == 0, is_greater = a_to_b> 0;
  switch (given) {
  case Comparison::less:
    return (wanted == Comparison::less && !is_greater) ||
           ((wanted == Comparison::less_equal || wanted == Comparison::not_equal) && !is_greater);
  case Comparison::less_equal:
    return ((wanted == Comparison::less || wanted == Comparison::not_equal) && is_less) ||
           (wanted == Comparison::less_equal && !is_greater);
  case Comparison::equal:
    switch (wanted) {
    case Comparison::less:
      return is_less;
    case Comparison::less_equal:
      return !is_greater;
    case Comparison::equal:
      return is_equal;
    case Comparison::greater_equal:
      return !is_less;
    case Comparison::greater:
      return is_greater;
    case Comparison::not_equal:
      return !is_equal;
    }
    return false;
  case Comparison::greater_equal:
    return ((wanted == Comparison::greater || wanted == Comparison::not_equal) && is_greater) ||
           (wanted == Comparison::greater_equal && !is_less);
  case Comparison::greater:
    return (wanted == Comparison::greater && !is_less) ||
           ((wanted == Comparison::greater_equal || wanted == Comparison::not_equal) && !is_less);
  case Comparison::not_equal:
    return wanted == Comparison::not_equal && is_equal;
  }
  return false;
}

static bool testImplies(const Predicate &given, const Predicate &wanted) {
  if (given.kind == Kind::opaque || wanted.kind == Kind::opaque)
    return given.kind == wanted.kind && given.text == wanted.text;
  if (given.subject != wanted.subject)
    return false;
  // A test of a null is null, which does not let a NULL test fail, so nothing else implies those.
  if (given.kind != Kind::comparison || wanted.kind != Kind::comparison)
    return given.kind == wanted.kind;
  if (given.comparison == Comparison::equal && wanted.comparison == Comparison::not_equal)
    return differ(given.value, wanted.value);
  const auto order = compare(given.value, wanted.value);
  return order && comparisonImplies(given.comparison, wanted.comparison, *order);
}

/// predicate_implied_by_recurse, predtest.c.
bool implies(const Predicate &given, const Predicate &wanted) {
  const auto byAny = [&](const std::vector<Predicate> &parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const Predicate &part) { return implies(part, wanted); });
  };
  if (wanted.kind == Kind::all_of)
    return std::all_of(wanted.parts.begin(), wanted.parts.end(),
                       [&](const Predicate &part) { return implies(given, part); });
  if (given.kind == Kind::any_of)
    return std::all_of(given.parts.begin(), given.parts.end(),
                       [&](const Predicate &part) { return implies(part, wanted); });
  if (wanted.kind == Kind::any_of &&
      std::any_of(wanted.parts.begin(), wanted.parts.end(),
                  [&](const Predicate &part) { return implies(given, part); }))
    return true;
  if (given.kind == Kind::all_of)
    return byAny(given.parts);
  return wanted.kind != Kind::any_of && testImplies(given, wanted);
}

} // namespace lockstep::effects
