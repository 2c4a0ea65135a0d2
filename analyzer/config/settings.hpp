#pragma once
#include "base/pg/version.hpp"
#include "config/layer.hpp"
#include "diag/finding.hpp"
#include "engine/declared_suppression.hpp"
#include "engine/rule_options.hpp"
#include "engine/selection.hpp"
#include "history/files/git.hpp"
#include "history/files/history.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lockstep::config {

/// The major versions of PostgreSQL that migrations must run on, both ends included.
struct PostgresVersions {
  int first = default_postgres;
  int last = default_postgres;

  [[nodiscard]] size_t count() const {
    return static_cast<size_t>(last) - static_cast<size_t>(first) + 1;
  }
};

/// "15" or "14..17"; nullopt for anything else, and for servers that are not known.
[[nodiscard]] std::optional<PostgresVersions> postgresVersionsNamed(std::string_view text);

/// What is said of the sizes of tables.
struct TableSettings {
  TableSizes sizes;
  std::string stats; ///< The file that they were measured in, as shown to the user; empty: none.
};

/// A history that the configuration declares; paths are as shown to the user.
struct HistorySettings {
  std::string path;
  std::string framework; ///< Empty: detected.
  std::optional<ExecutionModel> execution;
  std::string base_schema;
  std::optional<PostgresVersions> postgres;
  std::optional<TableSettings> tables; ///< Instead of those of all histories.
  /// The framework's own settings: "placeholderPrefix" → "#{"; see History::settings. Those of the
  /// framework "custom" say how a home-made runner reads its files.
  std::vector<std::pair<std::string, std::string>> settings;
};

/// All that a run can be told, by `.lockstep.yaml` and by the command line.
struct Settings {
  std::string config_file; ///< As shown to the user; empty where there is none.
  std::vector<HistorySettings> histories;
  std::string framework; ///< Of histories that are not declared; empty: detected.
  std::optional<ExecutionModel> execution;
  PostgresVersions postgres;
  SelectionRequest selection;
  std::vector<PathOverride> overrides;
  SelectionRequest final_selection; ///< The command line's: holds over the overrides, too.
  std::vector<DeclaredSuppression> suppressions;
  Severity fail_on = Severity::error; ///< `off`: never.
  std::vector<std::string> exclude;   ///< Globs on paths as shown to the user; see base/glob.hpp.
  std::optional<GitRevision> since;   ///< Where the change set starts; unset: no change set.
  std::string baseline;               ///< Path as shown to the user; empty: none.
  RuleOptions options;
  TableSettings tables;
  /// Settings that the sessions of migrations start with, by lower-case name.
  std::map<std::string, std::string> session;
  /// Where what is not the default came from, by the configuration's key: "db/.lockstep.yaml:3",
  /// "--since".
  std::map<std::string, std::string> origins;
};

} // namespace lockstep::config
