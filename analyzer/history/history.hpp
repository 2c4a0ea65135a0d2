#pragma once
#include "base/result.hpp"
#include "catalog/object.hpp"
#include "diag/finding.hpp"
#include "history/layout.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep {

struct Format;

/// One file of a migration. What stands in it is read when the history is simulated: see layoutOf.
struct MigrationFile {
  std::string path = {}; ///< As shown to the user.
  /// Where the file's name tells; else its text does, which may hold both.
  std::optional<Direction> direction = std::nullopt;
  /// Where a file beside it sets the model ("V2__x.sql.conf", "metadata.toml").
  std::optional<ExecutionModel> model = std::nullopt;
  std::string model_reason = {};
  bool wanted = false;   ///< The user asked to report on it.
  bool included = false; ///< Runs where another file of the migration includes it, and only there.
};

/// One versioned step of a history.
struct Migration {
  std::string
      version; ///< As the runner compares it; the file's name without suffix where it has none.
  std::string name; ///< Human part of the name.
  bool repeatable = false;
  /// Runs before each deploy: what it sets holds in all of them.
  bool starts_deploys = false;
  std::vector<MigrationFile> files; ///< Usually one; up and down may be two.

  /// True where one of its files is wanted.
  [[nodiscard]] bool isWanted() const;
};

/// The ordered migrations of one database.
struct History {
  std::string path;        ///< Folder or file, as shown to the user.
  std::string framework;   ///< "goose", "plain", ….
  std::string detected_by; ///< "config", "option", or the evidence: "V1__init.sql".
  ExecutionModel execution = ExecutionModel::unknown; ///< The framework's usual model.
  bool is_declared =
      false; ///< By the configuration: its folder holds migrations, whatever it looks like.
  /// Each file runs in a session of its own: SET does not reach the next one.
  bool session_per_file = false;
  std::string base_schema; ///< Path of a pg_dump that the history starts from; empty: none.
  /// The framework's own settings that change how files are read: "placeholderPrefix" → "#{".
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<Migration> migrations; ///< In the order that the runner applies them.
  std::vector<Notice> notices;       ///< What discovery has to say about it.
  const Format *format = nullptr;    ///< Null: the whole file is one unit.

  /// The file that an object or statement with this origin stands in, or null for the base schema.
  [[nodiscard]] const MigrationFile *fileOf(const Origin &origin) const;
  /// The setting's value; empty where it is not set.
  [[nodiscard]] std::string_view setting(std::string_view key) const;
};

/// Units, masks and problems of a file, given its text as the reader has it now.
[[nodiscard]] FileLayout layoutOf(const History &history, const MigrationFile &file,
                                  std::string_view text);

/// Reads a file's bytes by the path shown to the user; an editor puts its buffers before the disk.
/// Must be safe to call from several threads.
using FileReader = std::function<Result<std::string>(const std::string &path)>;

} // namespace lockstep
