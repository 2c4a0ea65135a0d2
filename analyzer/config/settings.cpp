#include "config/settings.hpp"

namespace lockstep::config {

static std::optional<int> versionNamed(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
    return std::nullopt;
  int version = (text[0] - '0') * 10 + (text[1] - '0');
  if (version < oldest_postgres || version > newest_postgres)
    return std::nullopt;
  return version;
}

std::optional<PostgresVersions> postgresVersionsNamed(std::string_view text) {
  size_t dots = text.find("..");
  auto first = versionNamed(text.substr(0, dots));
  auto last = dots == std::string_view::npos ? first : versionNamed(text.substr(dots + 2));
  if (!first || !last || *first > *last)
    return std::nullopt;
  return PostgresVersions{*first, *last};
}

} // namespace lockstep::config
