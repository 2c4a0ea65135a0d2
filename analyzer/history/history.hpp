#pragma once
#include "base/source_file.hpp"
#include "catalog/object.hpp"
#include "sql/script.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lockstep {

/// What the server sees of a unit (DESIGN: execution models).
enum class ExecutionModel : uint8_t {
  tx_all,     ///< One transaction around all migrations of the change set.
  tx_file,    ///< One transaction around each unit.
  implicit,   ///< The whole text in one simple-query message, without BEGIN.
  pipeline,   ///< An extended-protocol batch with one Sync at its end.
  autocommit, ///< One statement at a time.
  unknown,    ///< Plain SQL: findings must hold under both tx_file and autocommit.
};

[[nodiscard]] std::string_view name(ExecutionModel model);
[[nodiscard]] std::optional<ExecutionModel> executionModelNamed(std::string_view name);

enum class Direction : uint8_t { up, down };

/// The stretch of one file that the runner executes under one execution model.
struct Unit {
  Direction direction = Direction::up;
  ExecutionModel model = ExecutionModel::unknown;
  Range section;            ///< Bytes of the file; what lies outside is not SQL of this unit.
  std::string model_reason; ///< Why the model is not the framework's usual one, for messages.
};

/// One file of a migration with its text as the parser shall see it.
struct MigrationFile {
  std::string path;   ///< As shown to the user.
  std::string masked; ///< Placeholder-, directive- and meta-command-free text of the same length;
                      ///< empty where the original needs no mask.
  std::vector<Unit> units; ///< In the order of execution.
};

/// One versioned step of a history.
struct Migration {
  std::string
      version; ///< As the runner compares it; the file's name without suffix where it has none.
  std::string name; ///< Human part of the name.
  bool repeatable = false;
  std::vector<MigrationFile> files; ///< Usually one; up and down may be two.
};

/// The ordered migrations of one database.
struct History {
  std::string path;        ///< Folder or file, as shown to the user.
  std::string framework;   ///< "goose", "plain", ….
  std::string detected_by; ///< "config", "option", or the evidence: "V1__init.sql".
  ExecutionModel execution = ExecutionModel::unknown; ///< The framework's usual model.
  std::string base_schema; ///< Path of a pg_dump that the history starts from; empty: none.
  std::vector<Migration> migrations; ///< In the order that the runner applies them.

  /// The file that an object or statement with this origin stands in, or null for the base schema.
  [[nodiscard]] const MigrationFile *fileOf(const Origin &origin) const;
};

} // namespace lockstep
