#include "effects/facts/session_zone.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace lockstep::effects {

std::optional<std::string> sessionZone(const Catalog &catalog, const EffectOptions &options) {
  if (std::optional<std::string> zone = catalog.setting("timezone"))
    return zone;
  return options.time_zone.empty() ? std::nullopt : std::optional(options.time_zone);
}

bool isUtc(std::string_view zone) {
  std::string name = toLowerAscii(zone);
  if (name.starts_with("etc/"))
    name.erase(0, 4);
  constexpr std::array<std::string_view, 17> names{
      "utc",  "gmt", "uct", "zulu", "universal", "greenwich", "gmt0",  "gmt+0", "gmt-0",
      "utc0", "0",   "+0",  "-0",   "00",        "+00",       "00:00", "+00:00"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace lockstep::effects
