#pragma once
#include "base/source_file.hpp"
#include "base/worker_pool.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"
#include "sql/script.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::history {

/// A file as read, laid out and, unless it is too large to keep, parsed.
struct ParsedFile {
  std::shared_ptr<const SourceFile> source;
  std::shared_ptr<const FileLayout> layout;
  Script script;
  bool too_large = false;         ///< `script` is empty: parse with streamFile.
  std::vector<uint32_t> in_units; ///< Statements of each unit of the layout, bad ones too.
};

/// Which units of a file the parser shall see.
struct UnitDirections {
  bool up = true;
  bool down = false;
};

/// Parses a file that is too large to keep statement by statement; the script that it returns holds
/// comments and problems.
[[nodiscard]] Script streamFile(const ParsedFile &file, const UnitDirections &directions,
                                const StatementSink &sink);

/// Gives the threads that files are parsed on, made when it is first called.
using PoolSource = std::function<WorkerPool *()>;

/// The parsed files of a history, each read and parsed once for all simulations over it: for every
/// server version, and again after an edit elsewhere. Files are parsed a few hundred ahead, so that
/// the parser runs from the processor's caches.
///
/// Safe to use from several threads at once, but for update().
class Scripts {
public:
  struct Options {
    UnitDirections directions;
    /// How many simulations will ask for each file, after which it is let go; 0: all are kept.
    unsigned readers = 1;
    /// Threads to share out large files among; empty: the calling one alone.
    PoolSource pool = {};
  };
  Scripts(std::shared_ptr<const History> history, FileReader read, Options options);

  /// The file at its place in the history.
  [[nodiscard]] Result<std::shared_ptr<const ParsedFile>> load(uint32_t migration, uint32_t file);
  [[nodiscard]] const UnitDirections &directions() const { return options_.directions; }

  /// Makes these the files of `history`, of whose `changed` files the text may be another one: what
  /// stayed as it was is not parsed again. Only where all files are kept.
  void update(std::shared_ptr<const History> history,
              const std::function<bool(const std::string &path)> &changed);

private:
  struct Slot {
    const MigrationFile *file = nullptr;
    std::optional<Result<std::shared_ptr<const ParsedFile>>> parsed;
    /// What was parsed of an earlier text, which may be this one again.
    std::shared_ptr<const ParsedFile> before;
    unsigned asked = 0;
  };

  void makeSlots();
  void loadAhead(size_t first);
  [[nodiscard]] std::shared_ptr<const ParsedFile> parse(const Slot &slot, std::string text) const;

  std::shared_ptr<const History> history_;
  FileReader read_;
  Options options_;
  std::mutex lock_;
  std::vector<size_t> first_; ///< By migration: the slot of its first file.
  std::vector<Slot> slots_;
};

} // namespace lockstep::history
