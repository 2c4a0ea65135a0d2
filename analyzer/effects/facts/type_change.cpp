#include "effects/facts/type_change.hpp"

#include "base/pg/builtin.hpp"
#include "base/text.hpp"
#include "effects/facts/folded_expression.hpp"
#include "effects/facts/inlined_argument.hpp"
#include "effects/facts/modifier_change.hpp"
#include "effects/facts/new_column.hpp"
#include "effects/facts/session_zone.hpp"
#include "effects/facts/value_type.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lockstep::effects {

namespace {
/// Follows the expression that ALTER COLUMN TYPE computes from the old value. The table stays as it
/// is while that is the column itself, relabelled; anything that computes rewrites
/// (ATColumnChangeRequiresRewrite, tablecmds.c).
class TypeChanger {
public:
  TypeChanger(const Column &from, const AlterColumnType &to, const Catalog &catalog,
              const EffectOptions &options)
      : from_(from), to_(to), catalog_(catalog), options_(options) {}

  TypeChange run();

private:
  /// The type of a USING expression that only relabels the column; nothing where it computes.
  std::optional<ValueType> relabelled(const Expression &expression);
  /// The same for a CASE or call, where the planner leaves nothing of it but the column.
  std::optional<ValueType> relabelledCase(const std::vector<Expression> &arguments,
                                          bool has_operand);
  std::optional<ValueType> relabelledCall(const Expression &call);
  /// The relabelled one of several values, if the others do not give them all another type.
  std::optional<ValueType> relabelledAmong(const Expression &value,
                                           const std::vector<const Expression *> &others);
  /// Converts a value; the result's modifiers are those that the planner still knows.
  ValueType convert(const ValueType &from, const ValueType &to, bool is_explicit);
  ValueType convertBase(const ValueType &from, const ValueType &to, bool is_explicit);
  void applyModifiers(const ValueType &from, ValueType &to);
  void rewriteBecause(std::string reason);
  void rewriteUnknown(std::string reason);
  void convertZone();
  [[nodiscard]] int postgres() const { return options_.postgres; }

  const Column &from_;
  const AlterColumnType &to_;
  const Catalog &catalog_;
  const EffectOptions &options_;
  TypeChange result_;
};
} // namespace

static std::string named(const ValueType &type, int postgres) {
  const auto builtin = type.isBuiltin() ? findBuiltinType(type.name, postgres) : std::nullopt;
  return builtin ? std::string(builtin->sql) : type.name;
}

void TypeChanger::rewriteBecause(std::string reason) {
  if (!result_.rewrites)
    result_.reason = std::move(reason);
  result_.rewrites = true;
}

void TypeChanger::rewriteUnknown(std::string reason) {
  result_.known = false;
  rewriteBecause(std::move(reason));
}

/// timestamp and timestamptz hold the same bytes where the session's zone is UTC all year round
/// (TimestampTimestampTzRequiresRewrite, timestamp.c).
void TypeChanger::convertZone() {
  const std::optional<std::string> zone = sessionZone(catalog_, options_);
  if (!zone)
    rewriteUnknown("the session's TimeZone is not known; only UTC keeps the values as they are");
  else if (!isUtc(*zone))
    rewriteBecause(
        format("the session's TimeZone is {}; only UTC keeps the values as they are", *zone));
}

void TypeChanger::applyModifiers(const ValueType &from, ValueType &to) {
  const std::string_view type = to.name;
  if (keepsValues(type, from.modifiers, to.modifiers))
    return;
  if (to.is_array)
    return rewriteBecause("arrays are converted element by element");
  rewriteBecause(
      format("each value is fitted into {}({})", named(to, postgres()), join(to.modifiers, ",")));
}

static std::string storageReason(const ValueType &from, const ValueType &to, int postgres) {
  const auto source = findBuiltinType(from.name, postgres);
  const auto target = findBuiltinType(to.name, postgres);
  if (source && target && source->length > 0 && target->length > 0 &&
      source->length != target->length)
    return format("{} needs {} bytes where {} has {}", target->sql, std::to_string(target->length),
                  source->sql, std::to_string(source->length));
  return format("{} is stored differently from {}", named(to, postgres), named(from, postgres));
}

ValueType TypeChanger::convertBase(const ValueType &from, const ValueType &to, bool is_explicit) {
  ValueType result = to;
  if (from.isSame(to)) {
    applyModifiers(from, result);
    return result;
  }
  if (!from.known || !to.known) {
    rewriteUnknown(format("type {} is not in this history", from.known ? to.name : from.name));
    return result;
  }
  if (!from.isBuiltin() || !to.isBuiltin()) {
    // Enums, composites and ranges of the user: only text input and output lead to other types,
    // and only out of them without being asked for.
    const auto target = findBuiltinType(to.name, postgres());
    const bool to_text = to.isBuiltin() && target && target->category == 'S';
    result_.possible = result_.possible && (is_explicit || to_text);
    rewriteBecause(format("{} is converted through text", named(from, postgres())));
    return result;
  }
  const std::optional<Coercion> coercion = findCoercion(from.name, to.name, postgres());
  if (!coercion || (!is_explicit && coercion->context == CastContext::explicit_))
    result_.possible = false;
  const bool is_zone_change = (from.name == "timestamp" && to.name == "timestamptz") ||
                              (from.name == "timestamptz" && to.name == "timestamp");
  if (is_zone_change)
    convertZone();
  else if (!coercion || (coercion->method != Coercion::Method::binary &&
                         coercion->method != Coercion::Method::none))
    rewriteBecause(coercion && coercion->method == Coercion::Method::array
                       ? "arrays are converted element by element"
                       : storageReason(from, to, postgres()));
  // The planner no longer knows how long the old values can be.
  ValueType unmodified = to;
  unmodified.modifiers.clear();
  applyModifiers(unmodified, result);
  return result;
}

ValueType TypeChanger::convert(const ValueType &from, const ValueType &to, bool is_explicit) {
  if (from.isSame(to) && catalog_.type(from.id))
    return to; // Also the same domain: its constraints hold already.
  ValueType source = belowDomain(from, catalog_, postgres());
  if (!source.isSame(from))
    source.modifiers.clear();
  ValueType result = convertBase(source, belowDomain(to, catalog_, postgres()), is_explicit);
  if (!to.is_array && isConstrainedDomain(catalog_, to.id))
    rewriteBecause(format("each value is checked against the constraints of domain {}", to.name));
  if (catalog_.type(to.id))
    return to;
  return result;
}

std::optional<ValueType>
TypeChanger::relabelledAmong(const Expression &value,
                             const std::vector<const Expression *> &others) {
  std::optional<ValueType> type = relabelled(value);
  const bool have_same_type =
      type && std::all_of(others.begin(), others.end(), [&](const Expression *other) {
        const FoldedExpression folded = foldExpression(*other, catalog_, postgres());
        return folded.type == "unknown" || (type->isBuiltin() && folded.type == type->name) ||
               (other->kind == ExpressionKind::column && other->name == from_.name);
      });
  return have_same_type ? type : std::nullopt;
}

/// Arms that a constant rules out are dropped; the first that one decides for is all that is left
/// (eval_const_expressions, clauses.c).
std::optional<ValueType> TypeChanger::relabelledCase(const std::vector<Expression> &arguments,
                                                     bool has_operand) {
  using Value = FoldedExpression::Value;
  if (has_operand)
    return std::nullopt;
  const Expression *chosen = nullptr;
  std::vector<const Expression *> others;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    const Value condition = foldExpression(arguments[i], catalog_, postgres()).value;
    const bool is_dropped = condition == Value::false_ || condition == Value::null;
    if (!chosen && !is_dropped && condition != Value::true_)
      return std::nullopt;
    if (!chosen && !is_dropped)
      chosen = &arguments[i + 1];
    else
      others.push_back(&arguments[i + 1]);
  }
  if (arguments.size() % 2 == 1) {
    if (chosen)
      others.push_back(&arguments.back());
    else
      chosen = &arguments.back();
  }
  return chosen ? relabelledAmong(*chosen, others) : std::nullopt;
}

std::optional<ValueType> TypeChanger::relabelledCall(const Expression &call) {
  if (call.arguments.size() != 1)
    return std::nullopt;
  std::optional<ValueType> type = relabelled(call.arguments[0]);
  if (!type || !isReplacedByArgument(call, *type, catalog_, postgres()))
    return std::nullopt;
  type->modifiers.clear(); // The result of a function has none.
  return type;
}

std::optional<ValueType> TypeChanger::relabelled(const Expression &expression) {
  switch (expression.kind) {
  case ExpressionKind::column:
    if (expression.name == from_.name)
      return valueTypeOf(from_, postgres());
    return std::nullopt;
  case ExpressionKind::collate:
    return relabelled(expression.arguments.at(0));
  case ExpressionKind::cast: {
    const std::optional<ValueType> inner = relabelled(expression.arguments.at(0));
    if (!inner || !expression.type)
      return std::nullopt;
    return convert(*inner, valueTypeOf(*expression.type, catalog_, postgres()), true);
  }
  case ExpressionKind::case_:
    return relabelledCase(expression.arguments, expression.name == "operand");
  case ExpressionKind::function:
    return relabelledCall(expression);
  case ExpressionKind::constant:
  case ExpressionKind::null_constant:
  case ExpressionKind::parameter:
  case ExpressionKind::special:
  case ExpressionKind::operation:
  case ExpressionKind::conjunction:
  case ExpressionKind::disjunction:
  case ExpressionKind::negation:
  case ExpressionKind::is_null:
  case ExpressionKind::is_not_null:
  case ExpressionKind::boolean_test:
  case ExpressionKind::coalesce:
  case ExpressionKind::array:
  case ExpressionKind::row:
  case ExpressionKind::subquery:
  case ExpressionKind::other:
    return std::nullopt;
  }
  return std::nullopt;
}

/// How much a numeric type holds, to tell widening from narrowing; 0 for others.
static int numericRank(std::string_view name) {
  constexpr std::array<std::string_view, 6> ranks{"int2",   "int4",   "int8",
                                                  "float4", "float8", "numeric"};
  const auto *found = std::find(ranks.begin(), ranks.end(), name);
  return found == ranks.end() ? 0 : static_cast<int>(found - ranks.begin()) + 1;
}

static bool isText(std::string_view name) {
  return name == "text" || name == "varchar" || name == "bpchar" || name == "citext";
}

static std::optional<int> numberAt(const ValueType &type, size_t index) {
  if (index >= type.modifiers.size())
    return std::nullopt;
  const std::string &text = type.modifiers[index];
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number)
                                                                  : std::nullopt;
}

namespace {
/// The digits before and after the point that numeric(p, s) holds; nothing without modifiers.
struct Digits {
  int before = 0;
  int after = 0;
};
} // namespace

static std::optional<Digits> digitsOf(const ValueType &numeric) {
  const std::optional<int> precision = numberAt(numeric, 0);
  if (!precision)
    return std::nullopt;
  const int scale = numberAt(numeric, 1).value_or(0);
  return Digits{*precision - scale, scale};
}

/// The digits of the largest integer of a type; 0 for other types.
static int integerDigits(std::string_view name) {
  return name == "int2" ? 5 : name == "int4" ? 10 : name == "int8" ? 19 : 0;
}

/// A numeric type with modifiers does not take all values of another.
static bool narrowsToNumeric(const ValueType &from, const ValueType &to) {
  const std::optional<Digits> holds = digitsOf(to);
  if (!holds)
    return !to.modifiers.empty();
  if (const int digits = integerDigits(from.name))
    return holds->before < digits;
  const std::optional<Digits> had = from.name == "numeric" ? digitsOf(from) : std::nullopt;
  return !had || holds->before < had->before || holds->after < had->after;
}

/// A float has fewer exact digits than the integers.
static bool roundsInteger(std::string_view from, std::string_view to) {
  return (from == "int8" && (to == "float4" || to == "float8")) ||
         (from == "int4" && to == "float4");
}

/// Old values may fail, be cut or be rounded.
static bool narrows(const ValueType &from, const ValueType &to) {
  if (!from.isBuiltin() || !to.isBuiltin())
    return false;
  if (to.name == "numeric" && numericRank(from.name))
    return narrowsToNumeric(from, to);
  if (from.name == to.name)
    return !keepsValues(to.name, from.modifiers, to.modifiers) &&
           !(to.name == "bpchar" && keepsValues("varchar", from.modifiers, to.modifiers)) &&
           !(to.name == "bit" && keepsValues("varbit", from.modifiers, to.modifiers)) &&
           !(to.is_array && to.name.size() > 1 &&
             keepsValues(std::string_view(to.name).substr(1), from.modifiers, to.modifiers));
  const int old_rank = numericRank(from.name), new_rank = numericRank(to.name);
  if (old_rank && new_rank)
    return new_rank < old_rank || roundsInteger(from.name, to.name);
  if (isText(from.name) && isText(to.name))
    return from.name != "citext" && !to.modifiers.empty() &&
           !keepsValues("varchar", from.modifiers, to.modifiers);
  const bool had_time = from.name == "timestamp" || from.name == "timestamptz";
  return had_time && (to.name == "date" || to.name == "time" || to.name == "timetz");
}

TypeChange TypeChanger::run() {
  const ValueType from = valueTypeOf(from_, postgres());
  const ValueType to = valueTypeOf(to_.type, catalog_, postgres());
  result_.narrows =
      narrows(belowDomain(from, catalog_, postgres()), belowDomain(to, catalog_, postgres()));
  if (!to_.using_expression) {
    convert(from, to, false);
    return std::move(result_);
  }
  if (const std::optional<ValueType> type = relabelled(to_.using_expression->root))
    convert(*type, to, false);
  else
    rewriteBecause("USING computes each value");
  result_.possible = true;
  return std::move(result_);
}

TypeChange typeChange(const Column &from, const AlterColumnType &to, const Catalog &catalog,
                      const EffectOptions &options) {
  TypeChange change = TypeChanger(from, to, catalog, options).run();
  // A virtual column has no stored values (ATPrepAlterColumnType, tablecmds.c).
  if (from.generated == Generated::virtual_)
    change.rewrites = false;
  return change;
}

} // namespace lockstep::effects
