#pragma once
#include <string>

/// The servers that lockstep knows, by major version.
namespace lockstep::base {

inline constexpr int oldest_postgres = 14;
/// The last one whose catalogs, locks and grammar are recorded.
inline constexpr int newest_postgres = 18;
/// What migrations must run on where nobody says: the oldest that its makers still support.
inline constexpr int default_postgres = 15;

/// As people say it: "14 to 18".
[[nodiscard]] inline std::string knownPostgres() {
  return std::to_string(oldest_postgres) + " to " + std::to_string(newest_postgres);
}
/// A range as options take it, for advice: "14..17".
[[nodiscard]] inline std::string examplePostgresRange() {
  return std::to_string(oldest_postgres) + ".." + std::to_string(newest_postgres - 1);
}

} // namespace lockstep::base
