#include "effects/facts/modifier_change.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace lockstep::effects {

static std::optional<int> numberOf(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                  : std::nullopt;
}

static std::optional<int> numberAt(std::span<const std::string> modifiers, size_t at) {
  return at < modifiers.size() ? numberOf(modifiers[at]) : std::nullopt;
}

/// Absent, or at least as wide as before.
static bool isWider(std::span<const std::string> from, std::span<const std::string> to) {
  const auto old_length = numberAt(from, 0), new_length = numberAt(to, 0);
  return !new_length || (old_length && *new_length >= *old_length);
}

static bool keepsNumeric(std::span<const std::string> from, std::span<const std::string> to) {
  const auto old_precision = numberAt(from, 0), new_precision = numberAt(to, 0);
  if (!new_precision)
    return true;
  return old_precision && *new_precision >= *old_precision &&
         numberAt(from, 1).value_or(0) == numberAt(to, 1).value_or(0);
}

static constexpr int full_precision = 6;

/// TemporalSimplify, timestamp.c and date.c.
static bool keepsTemporal(std::span<const std::string> from, std::span<const std::string> to) {
  const auto new_precision = numberAt(to, 0);
  return !new_precision || *new_precision >= full_precision || isWider(from, to);
}

/// The smallest field that an interval's modifier keeps, from 0 (second) to 5 (year):
/// intervaltypmodleastfield, timestamp.c.
static int leastField(std::span<const std::string> modifiers) {
  constexpr std::array<std::string_view, 6> fields{"second", "minute", "hour",
                                                   "day",    "month",  "year"};
  for (const std::string &modifier : modifiers) {
    if (numberOf(modifier))
      continue;
    const std::string_view last = std::string_view(modifier).substr(modifier.rfind(' ') + 1);
    const auto *found = std::find(fields.begin(), fields.end(), last);
    if (found != fields.end())
      return static_cast<int>(found - fields.begin());
  }
  return 0;
}

static std::optional<int> intervalPrecision(std::span<const std::string> modifiers) {
  for (const std::string &modifier : modifiers)
    if (const auto number = numberOf(modifier))
      return number;
  return std::nullopt;
}

/// interval_support, timestamp.c.
static bool keepsInterval(std::span<const std::string> from, std::span<const std::string> to) {
  if (to.empty())
    return true;
  const int old_least = leastField(from), new_least = leastField(to);
  if (new_least > old_least)
    return false;
  const auto old_precision = intervalPrecision(from), new_precision = intervalPrecision(to);
  return old_least > 0 || !new_precision || *new_precision >= full_precision ||
         (old_precision && *new_precision >= *old_precision);
}

bool keepsValues(std::string_view type, std::span<const std::string> from,
                 std::span<const std::string> to) {
  if (sameModifiers(type, from, to))
    return true;
  if (type == "varchar" || type == "varbit")
    return isWider(from, to);
  if (type == "numeric")
    return keepsNumeric(from, to);
  if (type == "timestamp" || type == "timestamptz" || type == "time" || type == "timetz")
    return keepsTemporal(from, to);
  if (type == "interval")
    return keepsInterval(from, to);
  // An array, char or bit without a modifier takes any length.
  return to.empty();
}

bool sameModifiers(std::string_view type, std::span<const std::string> a,
                   std::span<const std::string> b) {
  if (type == "numeric" && !a.empty() && !b.empty())
    return numberAt(a, 0) == numberAt(b, 0) &&
           numberAt(a, 1).value_or(0) == numberAt(b, 1).value_or(0);
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

} // namespace lockstep::effects
