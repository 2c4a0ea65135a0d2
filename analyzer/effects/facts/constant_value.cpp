#include "effects/facts/constant_value.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace lockstep::effects {

static bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

static bool isIntegerType(std::string_view type) {
  return isOneOf(type, {"int2", "int4", "int8", "oid"});
}

/// Reads digits off the front of `text`; nothing if there are none.
static std::optional<int64_t> takeNumber(std::string_view &text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || text.empty() || text.front() == '-')
    return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return number;
}

static bool takeChar(std::string_view &text, char wanted) {
  if (text.empty() || text.front() != wanted)
    return false;
  text.remove_prefix(1);
  return true;
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
static int64_t daysOf(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

static constexpr int64_t second = 1'000'000;

/// [T ]HH:MM[:SS[.ffffff]], in microseconds.
static std::optional<int64_t> takeTime(std::string_view &text) {
  const auto hours = takeNumber(text);
  if (!hours || !takeChar(text, ':'))
    return std::nullopt;
  const auto minutes = takeNumber(text);
  if (!minutes)
    return std::nullopt;
  int64_t micros = (*hours * 3600 + *minutes * 60) * second;
  if (!takeChar(text, ':'))
    return micros;
  const auto seconds = takeNumber(text);
  if (!seconds)
    return std::nullopt;
  micros += *seconds * second;
  if (takeChar(text, '.'))
    for (int64_t unit = second / 10; !text.empty() && text[0] >= '0' && text[0] <= '9';
         unit /= 10, text.remove_prefix(1))
      micros += (text[0] - '0') * unit;
  return micros;
}

/// YYYY-MM-DD with an optional time and zone of numbers.
static std::optional<ConstantValue> instantOf(std::string_view text) {
  const auto year = takeNumber(text);
  if (!year || !takeChar(text, '-'))
    return std::nullopt;
  const auto month = takeNumber(text);
  if (!month || !takeChar(text, '-'))
    return std::nullopt;
  const auto day = takeNumber(text);
  if (!day)
    return std::nullopt;
  ConstantValue value;
  value.kind = ConstantValue::Kind::instant;
  value.instant = daysOf(*year, *month, *day) * 86400 * second;
  if (takeChar(text, ' ') || takeChar(text, 'T')) {
    const auto time = takeTime(text);
    if (!time)
      return std::nullopt;
    value.instant += *time;
  }
  text = trim(text);
  if (text.empty())
    return value;
  value.has_zone = true;
  if (equalsIgnoringCase(text, "z") || equalsIgnoringCase(text, "utc"))
    return value;
  const bool is_west = text.front() == '-';
  if (!takeChar(text, '-') && !takeChar(text, '+'))
    return std::nullopt;
  const auto hours = takeNumber(text);
  const auto minutes = takeChar(text, ':') ? takeNumber(text) : 0;
  if (!hours || !minutes || !text.empty())
    return std::nullopt;
  value.instant -= (is_west ? -1 : 1) * (*hours * 60 + *minutes) * 60 * second;
  return value;
}

static std::optional<ConstantValue> numberOf(std::string_view text) {
  ConstantValue value;
  value.kind = ConstantValue::Kind::number;
  std::string copy(trim(text));
  char *end = nullptr;
  value.number = std::strtold(copy.c_str(), &end);
  return !copy.empty() && *end == '\0' ? std::optional(value) : std::nullopt;
}

std::optional<ConstantValue> constantValue(const Expression &expression,
                                           std::string_view column_type) {
  const Expression *node = &expression;
  bool negative = false;
  std::string_view type;
  for (;;) {
    if (node->kind == ExpressionKind::cast && node->arguments.size() == 1 && node->type) {
      if (type.empty())
        type = node->type->name;
      node = &node->arguments[0];
    } else if (node->kind == ExpressionKind::operation && node->name == "-" &&
               node->arguments.size() == 1) {
      negative = !negative;
      node = &node->arguments[0];
    } else {
      break;
    }
  }
  if (node->kind != ExpressionKind::constant)
    return std::nullopt;
  const bool is_number_type =
      isIntegerType(column_type) || isOneOf(column_type, {"numeric", "float4", "float8"});
  if (is_number_type) {
    // A fraction would convert an integer column to numeric.
    if (isIntegerType(column_type) &&
        (node->literal == LiteralKind::decimal || isOneOf(type, {"numeric", "float4", "float8"})))
      return std::nullopt;
    std::optional<ConstantValue> value = numberOf(node->name);
    if (value && negative)
      value->number = -value->number;
    return value;
  }
  if (node->literal != LiteralKind::string && node->literal != LiteralKind::boolean)
    return std::nullopt;
  if (isOneOf(column_type, {"date", "timestamp", "timestamptz"}))
    return instantOf(trim(node->name));
  ConstantValue value;
  value.text = node->name;
  if (column_type == "uuid") {
    value.text = toLowerAscii(value.text);
    value.is_ordered = true;
  }
  value.is_exact = value.is_ordered || isOneOf(column_type, {"text", "varchar", "name"});
  return value;
}

bool differ(const ConstantValue &a, const ConstantValue &b) {
  if (a.kind == ConstantValue::Kind::text && b.kind == a.kind)
    return a.is_exact && b.is_exact && a.text != b.text;
  const auto order = compare(a, b);
  return order && *order != 0;
}

std::optional<std::strong_ordering> compare(const ConstantValue &a, const ConstantValue &b) {
  if (a.kind != b.kind)
    return std::nullopt;
  switch (a.kind) {
  case ConstantValue::Kind::number:
    return a.number < b.number   ? std::strong_ordering::less
           : a.number > b.number ? std::strong_ordering::greater
                                 : std::strong_ordering::equal;
  case ConstantValue::Kind::instant:
    if (a.has_zone != b.has_zone)
      return std::nullopt;
    return a.instant <=> b.instant;
  case ConstantValue::Kind::text:
    if (a.text == b.text)
      return std::strong_ordering::equal;
    if (!a.is_ordered)
      return std::nullopt;
    return a.text <=> b.text;
  }
  return std::nullopt;
}

} // namespace lockstep::effects
