#pragma once
#include "base/worker_pool.hpp"
#include "config/settings.hpp"
#include "engine/baseline.hpp"
#include "history/history.hpp"
#include "session/check_result.hpp"
#include "session/effects_result.hpp"
#include "session/schema_result.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace lockstep {

class ChangeScope;

/// Which migrations are asked for.
struct Scope {
  /// Files, folders, "-"; none: the declared histories, else the working directory.
  std::vector<std::string> paths;
  std::set<std::string> optional_paths; ///< Those of them that may match nothing.
  std::string stdin_filename;           ///< Where "-" pretends to stand.
  FileReader read;                      ///< Unset: the disk.
  bool force_exclude = false;           ///< Excludes hold for files that are named, too.
  bool up = true;
  bool down = false;
  std::string start_after; ///< Only later migrations; empty: all.
  /// The migrations that go out together; null: each is a change set of its own.
  std::shared_ptr<ChangeScope> changes;
  bool changes_only = true; ///< Only the change set's migrations are asked for.
  std::string today;        ///< "2026-12-31", for suppressions that end; empty: none has ended.
  /// Threads that parse files ahead, made when they are worth it; unset: the calling one does.
  std::function<WorkerPool *()> pool;
  /// Told, as the work goes on, how many of a history's files were read of how many.
  std::function<void(const std::string &history, size_t done, size_t all)> progress;
};

/// What became of the paths that were asked for.
struct Reach {
  std::vector<std::string> unmatched;  ///< Named nothing to look at.
  std::vector<std::string> unreadable; ///< Named, but cannot be read.
};

struct CheckOutcome {
  CheckResult result;
  Reach reach;
};
/// Finds the histories, simulates them on every server version asked for and runs the rules. An
/// Error is about what was asked for: an unknown rule or framework.
[[nodiscard]] Result<CheckOutcome> runCheck(const Settings &settings, const Scope &scope,
                                            std::span<const Rule *const> rules);

/// The baseline that the settings name, empty where there is none to read.
[[nodiscard]] Result<Baseline> readBaseline(const Settings &settings, const Scope &scope);
/// Entries of the baseline that would have been answered by what was checked and were not: their
/// rule ran, and their file was checked or is gone.
[[nodiscard]] std::vector<Baseline::Entry>
staleEntries(const Baseline &baseline, const Settings &settings, const Scope &scope,
             std::span<const Rule *const> rules, const CheckResult &result);

struct EffectsOutcome {
  EffectsResult result;
  Reach reach;
};
/// What each statement does, on the first of the server versions asked for.
[[nodiscard]] Result<EffectsOutcome> runEffects(const Settings &settings, const Scope &scope);

struct SchemaOutcome {
  SchemaResult result;
  Reach reach;
};
/// At which migration the schema is wanted.
struct SchemaRequest {
  std::string at;    ///< After this one; empty: at the end.
  bool diff = false; ///< What changes after `from` up to `at`.
  std::string from;  ///< Empty: from the beginning.
};
/// What each history leaves behind, on the first of the server versions asked for. An Error is
/// about a migration that no history has, too.
[[nodiscard]] Result<SchemaOutcome> runSchema(const Settings &settings, const Scope &scope,
                                              const SchemaRequest &request = {});

/// Adds what another run over other histories found.
void merge(CheckOutcome &into, CheckOutcome &&more);
void merge(EffectsOutcome &into, EffectsOutcome &&more);
void merge(SchemaOutcome &into, SchemaOutcome &&more);

/// The files that would be looked at, sorted.
[[nodiscard]] Result<std::vector<std::string>> filesOf(const Settings &settings,
                                                       const Scope &scope);

} // namespace lockstep
