#pragma once
#include "base/pg/builtin.hpp"
#include "diag/finding.hpp"
#include "engine/selection.hpp"
#include "history/git.hpp"
#include "history/history.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lockstep {

/// The major versions of PostgreSQL that migrations must run on, both ends included.
struct PostgresVersions {
  int first = 15;
  int last = 15;
};

/// "15" or "14..17"; nullopt for anything else, and for servers that are not known.
[[nodiscard]] std::optional<PostgresVersions> postgresVersionsNamed(std::string_view text);

/// A history that the configuration declares; paths are as shown to the user.
struct HistorySettings {
  std::string path;
  std::string framework; ///< Empty: detected.
  std::optional<ExecutionModel> execution;
  std::string base_schema;
  std::optional<PostgresVersions> postgres;
  /// How a home-made runner reads its files, by the names that the framework "custom" gives to it.
  std::vector<std::pair<std::string, std::string>> runner;
};

/// All that a run can be told, by `.lockstep.yaml` and by the command line.
struct Settings {
  std::string config_file; ///< As shown to the user; empty where there is none.
  std::vector<HistorySettings> histories;
  std::string framework; ///< Of histories that are not declared; empty: detected.
  std::optional<ExecutionModel> execution;
  PostgresVersions postgres;
  SelectionRequest selection;
  Severity fail_on = Severity::error; ///< `off`: never.
  std::vector<std::string> exclude;   ///< Globs on paths as shown to the user; see base/glob.hpp.
  std::optional<GitRevision> since;   ///< Where the change set starts; unset: no change set.
  std::string time_zone;              ///< Of the session that migrations run in; empty: not known.
};

} // namespace lockstep
