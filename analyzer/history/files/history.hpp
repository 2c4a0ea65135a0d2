#pragma once
#include "base/result.hpp"
#include "catalog/model/object.hpp"
#include "diag/finding.hpp"
#include "history/files/layout.hpp"
#include "history/layer.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep::history {

struct Format;

/// One file of a migration. What stands in it is read when the history is simulated: see layoutOf.
struct MigrationFile {
  std::string path = {}; ///< As shown to the user.
  /// Where the file's name tells; else its text does, which may hold both.
  std::optional<Direction> direction = std::nullopt;
  /// Where a file beside it sets the model ("V2__x.sql.conf", "metadata.toml").
  std::optional<ExecutionModel> model = std::nullopt;
  std::string model_reason = {};
  bool included = false; ///< Runs where another file of the migration includes it, and only there.

  friend bool operator==(const MigrationFile &, const MigrationFile &) = default;
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

  friend bool operator==(const Migration &, const Migration &) = default;
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

/// True where a file of the same text is laid out and run alike in both.
[[nodiscard]] bool readsAlike(const History &a, const History &b);

/// Some of a history's files, by their places in it: those that are asked about.
class FileSet {
public:
  FileSet() = default;
  /// None of the history's files.
  explicit FileSet(const History &history);

  void add(size_t migration, size_t file) { files_[first_[migration] + file] = true; }
  void removeAllOf(size_t migration);
  [[nodiscard]] bool contains(size_t migration, size_t file) const {
    return files_[first_[migration] + file];
  }
  /// True where it has a file of the migration.
  [[nodiscard]] bool hasAnyOf(size_t migration) const;
  [[nodiscard]] bool empty() const;

private:
  std::vector<size_t> first_; ///< By migration: the place of its first file; then how many.
  std::vector<bool> files_;
};

/// A history, and what was asked for of it; the rest is context.
struct FoundHistory {
  History history;
  FileSet wanted; ///< Never empty.
};

/// Reads a file's bytes by the path shown to the user; an editor puts its buffers before the disk.
/// Must be safe to call from several threads.
using FileReader = std::function<Result<std::string>(const std::string &path)>;

/// Whether a migration comes after `version` in the history's order; a version that the history
/// does not have is compared as the framework compares versions. Repeatable migrations always do.
/// Refers to the history.
[[nodiscard]] std::function<bool(const Migration &)> comesAfter(const History &history,
                                                                std::string_view version);

} // namespace lockstep::history
