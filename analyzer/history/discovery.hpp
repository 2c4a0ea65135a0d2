#pragma once
#include "base/enclosure.hpp"
#include "diag/finding.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace lockstep::history {

/// A history that the configuration declares. Paths are as displayed.
struct HistoryDeclaration {
  std::string path;      ///< Folder (or file) of the migrations.
  std::string framework; ///< Empty: detected.
  std::optional<ExecutionModel> execution;
  std::string base_schema;
  /// The framework's own settings: "placeholderPrefix" → "#{"; see History::settings.
  std::vector<std::pair<std::string, std::string>> settings;
};

/// What is asked of discover().
struct DiscoveryOptions {
  std::vector<HistoryDeclaration> declared;
  std::string framework; ///< Of all histories that are not declared with one; empty: detected.
  std::optional<ExecutionModel> execution; ///< Beats declaration and detection.
  std::vector<std::string> exclude;     ///< Globs of paths that a folder argument does not yield.
  bool force_exclude = false;           ///< `exclude` holds for files named as arguments, too.
  bool use_gitignore = true;            ///< For folder arguments.
  std::string stdin_filename;           ///< Where "-" pretends to stand; empty: on its own.
  std::vector<std::string> extra_files; ///< Exist besides those on the disk: unsaved buffers.
  std::set<std::string>
      hidden_files;    ///< Do not exist, by absolute path: untracked ones of --staged.
  Enclosure enclosure; ///< What may be looked at; empty: what lies around the paths.
};

/// The path that a history has for standard input without a file name; the reader yields its text.
constexpr std::string_view stdin_path = "<stdin>";

/// What discover() found.
struct Discovery {
  std::vector<FoundHistory> histories; ///< In the order of their paths.
  std::vector<std::string> unmatched;  ///< Paths that named nothing to check.
  std::vector<std::string> unreadable; ///< Named paths and folders below them that cannot be read.
  std::vector<Notice> notices;
};

/// The histories that the paths belong to (DESIGN: the history of a file). A folder yields every
/// history below it; "-" is standard input. An unknown framework is an Error.
[[nodiscard]] Result<Discovery> discover(const std::vector<std::string> &paths,
                                         const DiscoveryOptions &options, const FileReader &read);

} // namespace lockstep::history
