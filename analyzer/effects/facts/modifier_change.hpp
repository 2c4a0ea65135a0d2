#pragma once
#include "effects/layer.hpp"

#include <span>
#include <string>
#include <string_view>

namespace lockstep::effects {

/// True where giving values of a built-in type another modifier leaves them all as they are: the
/// planner then drops the length conversion (the support functions varchar_support, varbit_support,
/// numeric_support, timestamp_support, time_support and interval_support). Types without such a
/// function (char, bit, arrays) convert unless the modifiers are equal.
[[nodiscard]] bool keepsValues(std::string_view type, std::span<const std::string> from,
                               std::span<const std::string> to);
/// True where both mean the same: numeric(10) is numeric(10,0).
[[nodiscard]] bool sameModifiers(std::string_view type, std::span<const std::string> a,
                                 std::span<const std::string> b);

} // namespace lockstep::effects
