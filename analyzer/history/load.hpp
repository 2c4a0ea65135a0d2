#pragma once
#include "base/source_file.hpp"
#include "history/history.hpp"
#include "sql/script.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lockstep {

/// A file as read, laid out and, unless it is too large to keep, parsed.
struct LoadedFile {
  std::shared_ptr<const SourceFile> source;
  std::shared_ptr<const FileLayout> layout;
  Script script;
  bool too_large = false;         ///< `script` is empty: parse with streamFile.
  std::vector<uint32_t> in_units; ///< Statements of each unit of the layout, bad ones too.
  uint32_t streamed = 0;          ///< Statements that streamFile found.
};

/// Which units of a file the parser shall see.
struct LoadOptions {
  bool up = true;
  bool down = false;
};

/// Reads and parses one file. Depends on nothing but its arguments, so that files can be loaded
/// ahead on other threads.
[[nodiscard]] Result<LoadedFile> loadFile(const History &history, const MigrationFile &file,
                                          const LoadOptions &options, const FileReader &read);

/// Parses a file that is too large to keep statement by statement; fills in its script's comments
/// and problems.
void streamFile(LoadedFile &file, const LoadOptions &options, const StatementSink &sink);

} // namespace lockstep
