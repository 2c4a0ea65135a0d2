#pragma once
#include "effects/layer.hpp"
#include "ops/expression.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::effects {

/// A constant of a partition bound or CHECK, comparable with others of the same column.
struct ConstantValue {
  enum class Kind : uint8_t { number, instant, text };
  Kind kind = Kind::text;
  long double number = 0;  ///< Of `number`.
  int64_t instant = 0;     ///< Microseconds since 1970, of `instant`.
  bool has_zone = false;   ///< The instant named its zone.
  bool is_ordered = false; ///< Of `text`: bytes sort as values do.
  bool is_exact = false;   ///< Of `text`: other bytes are another value.
  std::string text;
};

/// The value of a constant under casts, read as the type of the column that it is compared with (a
/// catalog name); nothing if it is no constant, or if the comparison would convert the column.
[[nodiscard]] std::optional<ConstantValue> constantValue(const Expression &expression,
                                                         std::string_view column_type);
/// True where they are known to be different values.
[[nodiscard]] bool differ(const ConstantValue &a, const ConstantValue &b);
/// How they compare; nothing where that needs the server (collations, other types).
[[nodiscard]] std::optional<std::strong_ordering> compare(const ConstantValue &a,
                                                          const ConstantValue &b);

} // namespace lockstep::effects
