#pragma once
#include "effects/facts/effect.hpp"
#include "effects/layer.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lockstep::effects {

/// The session's TimeZone: what the history set, else what the options say; nothing if neither.
[[nodiscard]] std::optional<std::string> sessionZone(const Catalog &catalog,
                                                     const EffectOptions &options);
/// True for the names of a zone that has been at UTC for all time. Africa/Abidjan is no such zone:
/// it once had local time.
[[nodiscard]] bool isUtc(std::string_view zone);

} // namespace lockstep::effects
