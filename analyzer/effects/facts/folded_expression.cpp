#include "effects/facts/folded_expression.hpp"

#include "base/pg/functions.hpp"
#include "effects/facts/function_call.hpp"
#include "effects/facts/value_type.hpp"

#include <algorithm>
#include <vector>

namespace lockstep::effects {

using Value = FoldedExpression::Value;

static Volatility fromBuiltin(FunctionVolatility volatility) {
  return static_cast<Volatility>(volatility);
}

namespace {
/// Folds bottom up. Expressions are as deep as lowering lets them be.
class ConstantFolder {
public:
  ConstantFolder(const Catalog &catalog, int postgres) : catalog_(catalog), postgres_(postgres) {}
  FoldedExpression fold(const Expression &expression);

private:
  FoldedExpression foldConstant(const Expression &expression);
  FoldedExpression foldSpecial(const Expression &expression);
  FoldedExpression foldFunction(const Expression &expression);
  FoldedExpression foldOperation(const Expression &expression);
  FoldedExpression foldCast(const Expression &expression);
  FoldedExpression foldJunction(const Expression &expression);
  FoldedExpression foldCase(const Expression &expression);
  FoldedExpression foldCoalesce(const Expression &expression);
  FoldedExpression foldNullTest(const Expression &expression);
  /// Each operand once: whoever folds one a second time does so again at each level below, 2^depth
  /// times in all.
  std::vector<FoldedExpression> foldArguments(const Expression &expression);
  [[nodiscard]] std::string arrayOf(const std::string &element) const;

  const Catalog &catalog_;
  int postgres_;
};
} // namespace

static FoldedExpression boolean(bool value) {
  FoldedExpression result;
  result.value = value ? Value::true_ : Value::false_;
  result.type = "bool";
  return result;
}

static FoldedExpression constantOf(std::string type) {
  FoldedExpression result;
  result.value = Value::constant;
  result.type = std::move(type);
  return result;
}

static FoldedExpression nullOf(std::string type) {
  FoldedExpression result;
  result.value = Value::null;
  result.type = std::move(type);
  return result;
}

FoldedExpression ConstantFolder::foldConstant(const Expression &expression) {
  FoldedExpression result = constantOf({});
  result.text = expression.name;
  switch (expression.literal) {
  case LiteralKind::integer:
    // int4, else int8, else numeric (make_const, parse_node.c).
    result.type = expression.name.size() < 10    ? "int4"
                  : expression.name.size() <= 18 ? "int8"
                                                 : "numeric";
    break;
  case LiteralKind::decimal:
    result.type = "numeric";
    break;
  case LiteralKind::boolean:
    return boolean(!expression.name.empty() && (expression.name[0] | 0x20) == 't');
  case LiteralKind::bits:
    result.type = "bit";
    break;
  case LiteralKind::string:
  case LiteralKind::none:
    result.type = literal_type;
    break;
  }
  return result;
}

FoldedExpression ConstantFolder::foldSpecial(const Expression &expression) {
  FoldedExpression result;
  result.volatility = Volatility::stable;
  const std::string_view name = expression.name;
  result.type = name == "current_date"        ? "date"
                : name == "current_time"      ? "timetz"
                : name == "current_timestamp" ? "timestamptz"
                : name == "localtime"         ? "time"
                : name == "localtimestamp"    ? "timestamp"
                                              : "name";
  return result;
}

std::string ConstantFolder::arrayOf(const std::string &element) const {
  return element.empty() || element == literal_type
             ? std::string(element.empty() ? "" : "_text")
             : std::string(builtinArrayOf(element, postgres_));
}

std::vector<FoldedExpression> ConstantFolder::foldArguments(const Expression &expression) {
  std::vector<FoldedExpression> parts;
  parts.reserve(expression.arguments.size());
  for (const Expression &argument : expression.arguments)
    parts.push_back(fold(argument));
  return parts;
}

/// All operands count; the result is no constant unless all of them are.
static FoldedExpression combine(const std::vector<FoldedExpression> &parts, std::string type) {
  FoldedExpression result;
  result.type = std::move(type);
  bool all_constant = true;
  for (const FoldedExpression &part : parts) {
    result.volatility = std::max(result.volatility, part.volatility);
    all_constant = all_constant && part.isConstant();
  }
  if (all_constant && result.volatility == Volatility::immutable)
    result.value = Value::constant;
  return result;
}

/// The type of the first operand; empty where there is none.
static std::string firstType(const std::vector<FoldedExpression> &parts) {
  return parts.empty() ? std::string() : parts.front().type;
}

FoldedExpression ConstantFolder::foldFunction(const Expression &expression) {
  CallArguments arguments;
  bool all_constant = true, has_null = false;
  Volatility worst = Volatility::immutable;
  for (const Expression &argument : expression.arguments) {
    FoldedExpression part = fold(argument);
    worst = std::max(worst, part.volatility);
    all_constant = all_constant && part.isConstant();
    has_null = has_null || part.value == Value::null;
    arguments.types.push_back(std::move(part.type));
  }
  arguments.has_null = has_null;
  arguments.is_volatile = worst >= Volatility::volatile_;
  const CallResult call =
      resolveCall({expression.schema, expression.name, {}}, arguments, catalog_, postgres_);
  if (call.is_null)
    return nullOf(call.type);
  FoldedExpression result;
  result.type = call.type;
  result.volatility = call.ignores_arguments ? call.volatility : std::max(worst, call.volatility);
  if (all_constant && result.volatility == Volatility::immutable)
    result.value = Value::constant;
  return result;
}

/// The order of two constants of which the texts are known; nothing where it is not.
static std::optional<int> orderOf(const FoldedExpression &a, const FoldedExpression &b) {
  if (a.value != Value::constant || b.value != Value::constant || a.text.empty() || b.text.empty())
    return std::nullopt;
  const auto isInteger = [](const FoldedExpression &value) {
    return value.type == "int4" || value.type == "int8";
  };
  if (isInteger(a) && isInteger(b)) {
    const long long left = std::stoll(a.text), right = std::stoll(b.text);
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (a.text == b.text && a.type == b.type)
    return 0;
  return std::nullopt;
}

static std::optional<bool> compareConstants(std::string_view name, const FoldedExpression &a,
                                            const FoldedExpression &b) {
  const std::optional<int> order = orderOf(a, b);
  if (!order)
    return std::nullopt;
  if (name == "=")
    return *order == 0;
  if (name == "<>" || name == "!=")
    return *order != 0;
  if (name == "<")
    return *order < 0;
  if (name == ">")
    return *order > 0;
  if (name == "<=")
    return *order <= 0;
  if (name == ">=")
    return *order >= 0;
  return std::nullopt;
}

FoldedExpression ConstantFolder::foldOperation(const Expression &expression) {
  const std::string_view name = expression.name;
  const auto &arguments = expression.arguments;
  if (name == "nullif") {
    const std::vector<FoldedExpression> parts = foldArguments(expression);
    return combine(parts, firstType(parts));
  }
  const bool is_symbol = !name.empty() && std::isalpha(static_cast<unsigned char>(name[0])) == 0;
  if (!is_symbol || arguments.empty() || arguments.size() > 2)
    return combine(foldArguments(expression), "bool");
  if (name.ends_with(" any") || name.ends_with(" all"))
    return combine(foldArguments(expression), "bool");
  const FoldedExpression right = fold(arguments.back());
  const FoldedExpression left = arguments.size() == 2 ? fold(arguments[0]) : FoldedExpression{};
  const std::optional<std::string_view> left_type =
      arguments.size() == 2 ? std::optional<std::string_view>(left.type) : std::nullopt;
  const auto found = findOperator(name, left_type, right.type, postgres_);
  FoldedExpression result;
  result.type = found ? std::string(found->result) : std::string();
  // PostgreSQL's operators are strict: a null operand makes the whole null.
  if (found && found->extension.empty() &&
      (right.value == Value::null || left.value == Value::null))
    return nullOf(result.type);
  result.volatility = std::max(left.volatility, right.volatility);
  // An operator of the user is taken as immutable, as most are; the functions that it calls are not
  // known here.
  if (found)
    result.volatility = std::max(result.volatility, fromBuiltin(found->worst));
  const bool all_constant = right.isConstant() && (arguments.size() == 1 || left.isConstant());
  if (!all_constant || result.volatility != Volatility::immutable)
    return result;
  if (const std::optional<bool> truth = compareConstants(name, left, right))
    return boolean(*truth);
  result.value = Value::constant;
  return result;
}

FoldedExpression ConstantFolder::foldCast(const Expression &expression) {
  if (!expression.type || expression.arguments.empty())
    return combine(foldArguments(expression), {});
  const ValueType target = valueTypeOf(*expression.type, catalog_, postgres_);
  const std::string type = target.isBuiltin() ? target.name : std::string();
  const FoldedExpression inner = fold(expression.arguments[0]);
  if (inner.value == Value::null)
    return nullOf(type);
  // A literal is read when the statement is parsed: 'now'::timestamptz is a constant.
  if (inner.type == literal_type && inner.isConstant()) {
    FoldedExpression result = inner;
    result.type = type;
    return result;
  }
  FoldedExpression result = inner;
  result.type = type;
  if (type.empty() || inner.type.empty())
    return result;
  const auto coercion = findCoercion(inner.type, type, postgres_);
  if (coercion)
    result.volatility = std::max(result.volatility, fromBuiltin(coercion->volatility));
  if (inner.type != type)
    result.text.clear();
  if (result.volatility != Volatility::immutable)
    result.value = Value::unknown;
  return result;
}

/// AND and OR: one operand can decide, whatever the others call.
FoldedExpression ConstantFolder::foldJunction(const Expression &expression) {
  const Value deciding =
      expression.kind == ExpressionKind::conjunction ? Value::false_ : Value::true_;
  const Value neutral =
      expression.kind == ExpressionKind::conjunction ? Value::true_ : Value::false_;
  FoldedExpression result;
  result.type = "bool";
  bool all_neutral = true;
  for (const Expression &argument : expression.arguments) {
    const FoldedExpression part = fold(argument);
    if (part.value == deciding)
      return part;
    if (part.value == neutral)
      continue;
    all_neutral = false;
    result.volatility = std::max(result.volatility, part.volatility);
  }
  return all_neutral ? boolean(neutral == Value::true_) : result;
}

FoldedExpression ConstantFolder::foldCase(const Expression &expression) {
  const auto &arguments = expression.arguments;
  const bool has_operand = expression.name == "operand";
  const FoldedExpression operand =
      has_operand && !arguments.empty() ? fold(arguments[0]) : FoldedExpression{};
  FoldedExpression result;
  result.volatility = operand.volatility;
  size_t i = has_operand ? 1 : 0;
  for (; i + 1 < arguments.size(); i += 2) {
    FoldedExpression condition = fold(arguments[i]);
    if (has_operand) {
      const std::optional<bool> equal = compareConstants("=", operand, condition);
      condition = equal ? boolean(*equal) : condition;
      if (!equal)
        condition.value = Value::unknown;
    }
    if (condition.value == Value::false_ || condition.value == Value::null)
      continue;
    const FoldedExpression value = fold(arguments[i + 1]);
    const bool is_first = result.volatility == Volatility::immutable && result.type.empty();
    if (condition.value == Value::true_ && is_first)
      return value;
    result.volatility = std::max(result.volatility, value.volatility);
    if (result.type.empty() || result.type == literal_type)
      result.type = value.type;
    if (condition.value == Value::true_)
      return result;
    result.volatility = std::max(result.volatility, condition.volatility);
  }
  if (i < arguments.size()) {
    const FoldedExpression value = fold(arguments[i]);
    if (result.type.empty() && result.volatility == Volatility::immutable)
      return value;
    result.volatility = std::max(result.volatility, value.volatility);
  }
  return result;
}

FoldedExpression ConstantFolder::foldCoalesce(const Expression &expression) {
  FoldedExpression result;
  bool is_first = true;
  for (const Expression &argument : expression.arguments) {
    const FoldedExpression part = fold(argument);
    if (part.value == Value::null)
      continue;
    if (is_first && part.isConstant())
      return part;
    is_first = false;
    result.volatility = std::max(result.volatility, part.volatility);
    if (result.type.empty() || result.type == literal_type)
      result.type = part.type;
    if (part.isConstant())
      return result;
  }
  return is_first ? nullOf({}) : result;
}

FoldedExpression ConstantFolder::foldNullTest(const Expression &expression) {
  const FoldedExpression inner =
      expression.arguments.empty() ? FoldedExpression{} : fold(expression.arguments[0]);
  if (inner.isConstant())
    return boolean((inner.value == Value::null) == (expression.kind == ExpressionKind::is_null));
  FoldedExpression result;
  result.type = "bool";
  result.volatility = inner.volatility;
  return result;
}

FoldedExpression ConstantFolder::fold(const Expression &expression) {
  switch (expression.kind) {
  case ExpressionKind::constant:
    return foldConstant(expression);
  case ExpressionKind::null_constant:
    return nullOf(std::string(literal_type));
  case ExpressionKind::column:
  case ExpressionKind::parameter:
    return {};
  case ExpressionKind::function:
    return foldFunction(expression);
  case ExpressionKind::special:
    return foldSpecial(expression);
  case ExpressionKind::operation:
    return foldOperation(expression);
  case ExpressionKind::cast:
    return foldCast(expression);
  case ExpressionKind::conjunction:
  case ExpressionKind::disjunction:
    return foldJunction(expression);
  case ExpressionKind::negation: {
    const std::vector<FoldedExpression> parts = foldArguments(expression);
    const Value value = parts.at(0).value;
    if (value == Value::true_ || value == Value::false_)
      return boolean(value == Value::false_);
    return combine(parts, "bool");
  }
  case ExpressionKind::is_null:
  case ExpressionKind::is_not_null:
    return foldNullTest(expression);
  case ExpressionKind::boolean_test:
    return combine(foldArguments(expression), "bool");
  case ExpressionKind::case_:
    return foldCase(expression);
  case ExpressionKind::coalesce:
    return foldCoalesce(expression);
  case ExpressionKind::array: {
    const std::vector<FoldedExpression> parts = foldArguments(expression);
    return combine(parts, arrayOf(firstType(parts)));
  }
  case ExpressionKind::collate: {
    const std::vector<FoldedExpression> parts = foldArguments(expression);
    return combine(parts, firstType(parts));
  }
  case ExpressionKind::row:
  case ExpressionKind::other:
    return combine(foldArguments(expression), {});
  case ExpressionKind::subquery: {
    FoldedExpression result = combine(foldArguments(expression), {});
    if (expression.query)
      for (const FunctionUse &use : expression.query->functions) {
        CallArguments arguments;
        arguments.types.resize(static_cast<size_t>(std::max(use.argument_count, 0)));
        result.volatility = std::max(
            result.volatility, resolveCall(use.name, arguments, catalog_, postgres_).volatility);
      }
    result.value = Value::unknown;
    return result;
  }
  }
  return {};
}

Volatility volatilityOf(const Expression &expression, const Catalog &catalog, int postgres) {
  return foldExpression(expression, catalog, postgres).volatility;
}

FoldedExpression foldExpression(const Expression &expression, const Catalog &catalog,
                                int postgres) {
  return ConstantFolder(catalog, postgres).fold(expression);
}

} // namespace lockstep::effects
