#pragma once
#include "history/files/folder.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"
#include "history/reading/evidence.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lockstep::history {

/// How a framework takes a file that it does not apply.
enum class Claim : uint8_t {
  none,
  usual,   ///< Undo, verify and the like, other databases: nothing to tell.
  dropped, ///< Looks like a migration, but is none: worth a notice.
};

/// What a runner does, in words that follow its name, about migrations that it cannot run as they
/// are. Empty: it does not mind.
struct Conduct {
  std::string_view same_version = {}; ///< Two migrations have one version.
  std::string_view overtaken = {};    ///< A new one comes before one that has run.
  bool runs_overtaken = false;        ///< It runs it all the same.
  std::string_view changed = {};      ///< The text of one that has run is another now.
};

/// Whether the runner can take migrations back.
enum class Downs : uint8_t {
  none,
  optional, ///< Missing where other migrations of the history have one.
  usual,
};

/// One framework's way to keep migrations: plain data and functions without state.
struct Format {
  std::string_view name;
  ExecutionModel model = ExecutionModel::tx_file; ///< The usual one.
  bool session_per_file = false;
  /// Reads subfolders, too: the topmost recognised folder of a chain is the history's.
  bool recursive = false;
  /// The line of a text that only this framework's files have; empty where there is none. Serves
  /// folders, by a few of their files, and a file on its own.
  std::string_view (*mark)(std::string_view text) = nullptr;
  /// Recognises a folder that holds (or whose subfolders hold) the migrations.
  /// Without it, `mark` does.
  std::optional<Evidence> (*detect)(const Folder &folder) = nullptr;
  /// Fills History::migrations (and what differs from the defaults) from the folder.
  void (*list)(const Folder &folder, History &history) = nullptr;
  /// Units and masks of one file; null: the whole file is one unit.
  FileLayout (*layout)(const History &history, const MigrationFile &file,
                       std::string_view text) = nullptr;
  /// Whether a file that is none of the migrations belongs to the framework all the same. `path` is
  /// relative to the folder.
  Claim (*claim)(std::string_view path) = nullptr;
  Conduct conduct = {};
  Downs downs = Downs::none;
};

/// What the format makes of a folder: by its `detect`, else by its `mark` in a few of the texts.
[[nodiscard]] std::optional<Evidence> evidenceOf(const Format &format, const Folder &folder);

/// All formats, in the order in which equally strong evidence counts; `plain` is the last.
[[nodiscard]] std::span<const Format *const> formats();
/// Null where there is none.
[[nodiscard]] const Format *formatNamed(std::string_view name);

/// The unit of a file that has no sections.
[[nodiscard]] Unit wholeFile(const History &history, const MigrationFile &file,
                             std::string_view text);

/// Units, masks and problems of a file, given its text as the reader has it now.
[[nodiscard]] FileLayout layoutOf(const History &history, const MigrationFile &file,
                                  std::string_view text);

} // namespace lockstep::history
