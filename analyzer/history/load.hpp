#pragma once
#include "base/source_file.hpp"
#include "base/worker_pool.hpp"
#include "history/history.hpp"
#include "sql/script.hpp"

#include <deque>
#include <functional>
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

/// Parses a file that is too large to keep statement by statement; fills in its script's comments
/// and problems.
void streamFile(LoadedFile &file, const LoadOptions &options, const StatementSink &sink);

/// Gives the threads that files are parsed on, made when it is first called.
using PoolSource = std::function<WorkerPool *()>;

/// Reads and parses the files of a history: the next few hundred at a time, so that the parser runs
/// from the processor's caches. Where they are large, it shares them out among threads.
class Loader {
public:
  /// A file that will be asked for, in this order.
  struct Request {
    const MigrationFile *file = nullptr;
    LoadOptions options;
  };
  /// Refers to its arguments; an empty `pool` stands for the calling thread alone.
  Loader(const History &history, const FileReader &read, const PoolSource &pool,
         std::vector<Request> requests)
      : history_(history), read_(read), pool_(pool), requests_(std::move(requests)) {}

  /// The file: one of the requests, in their order, or any other.
  [[nodiscard]] Result<LoadedFile> load(const MigrationFile &file, const LoadOptions &options);

private:
  void loadAhead();
  [[nodiscard]] LoadedFile parse(const MigrationFile &file, const LoadOptions &options,
                                 std::string text) const;

  const History &history_;
  const FileReader &read_;
  const PoolSource &pool_;
  std::vector<Request> requests_;
  size_t next_ = 0;                      ///< The first request that was not loaded ahead.
  std::deque<Result<LoadedFile>> ahead_; ///< Those of the requests just before `next_`.
};

} // namespace lockstep
