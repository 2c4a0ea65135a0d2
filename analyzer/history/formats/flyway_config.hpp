#pragma once
#include "history/formats/format.hpp"
#include "history/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::history {

/// The settings of Flyway that change how files are found and read.
struct FlywayConfig {
  std::string versioned = "V";
  std::string repeatable = "R";
  std::string undo = "U";
  std::string baseline = "B";
  std::string separator = "__";
  std::string suffix = ".sql";
  bool group = false; ///< All pending migrations in one transaction.
};

/// The nearest flyway.toml, flyway.conf or conf/flyway.conf, up to the repository's root.
[[nodiscard]] Folder::ProjectFile flywayConfigFile(const Folder &folder);

/// From the history's settings and the nearest configuration file; puts what flywayLayout needs
/// into the history's settings.
[[nodiscard]] FlywayConfig flywayConfig(const Folder &folder, History &history);

/// Placeholders masked; autocommit for a file with statements that Flyway knows to refuse a
/// transaction.
[[nodiscard]] FileLayout flywayLayout(const History &history, const MigrationFile &file,
                                      std::string_view text);

} // namespace lockstep::history
