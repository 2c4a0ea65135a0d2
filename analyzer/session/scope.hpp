#pragma once
#include "config/settings.hpp"
#include "history/discovery.hpp"
#include "history/simulation.hpp"
#include "session/change_scope.hpp"
#include "session/layer.hpp"
#include "session/outcome.hpp"

#include <functional>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace lockstep::session {

/// Which migrations are asked for.
struct Scope {
  /// Files, folders, "-"; none: the declared histories, else the working directory.
  std::vector<std::string> paths;
  std::set<std::string> optional_paths; ///< Those of them that may match nothing.
  std::string stdin_filename;           ///< Where "-" pretends to stand.
  Enclosure enclosure;                  ///< What may be looked at; empty: what the paths bring.
  FileReader read;                      ///< Unset: the disk.
  bool force_exclude = false;           ///< Excludes hold for files that are named, too.
  bool up = true;
  bool down = false;
  std::string start_after; ///< Only later migrations; empty: all.
  /// The migrations that go out together; null: each is a change set of its own.
  std::shared_ptr<ChangeScope> changes;
  bool changes_only = true; ///< Only the change set's migrations are asked for.
  std::string today;        ///< "2026-12-31", for suppressions that end; empty: none has ended.
  std::vector<std::string> unsaved; ///< Files that exist besides those on the disk.
  /// Threads to share out work among, made when they are worth it; unset: the calling one alone.
  PoolSource pool;
  /// Told, as the work goes on, how many of a history's files were read of how many. Must be safe
  /// to call from several threads.
  std::function<void(const std::string &history, size_t done, size_t all)> progress;
};

/// What became of the scope's paths, of which `discovery` came.
[[nodiscard]] Reach reachOf(const Scope &scope, const Discovery &discovery);
/// The reader that the scope gives, or the disk's.
[[nodiscard]] FileReader readerOf(const Scope &scope);
/// The histories that the scope's paths belong to.
[[nodiscard]] Result<Discovery> discoverScope(const Settings &settings, const Scope &scope);
/// A migration that the change set deleted, with its text as it was.
struct DeletedMigration {
  Migration migration;
  MigrationFile file; ///< Its first one.
  std::string text;
};
/// The migrations that the history had before the change set and has no more, under any name. Empty
/// unless the scope reports on all of the history.
[[nodiscard]] std::vector<DeletedMigration>
deletedMigrations(const Settings &settings, const Scope &scope, const History &history);
/// What is known of the sizes of the history's tables.
[[nodiscard]] const TableSizes &tablesOf(const Settings &settings, const History &history);
/// The server versions that the history must run on.
[[nodiscard]] PostgresVersions versionsOf(const Settings &settings, const History &history);
/// How to simulate the history on a server version.
[[nodiscard]] SimulationOptions simulationOf(const Settings &settings, const Scope &scope,
                                             const History &history, int postgres);
/// What of it is reported on, given the files that are asked for.
[[nodiscard]] Reporting reportingOf(const Scope &scope, const History &history,
                                    const FileSet &wanted);
/// The history as reports name it.
[[nodiscard]] HistoryInfo infoOf(const History &history);
/// Paths of the files to report on, as they stand in the history.
[[nodiscard]] std::unordered_set<std::string_view> wantedFiles(const FoundHistory &found);
/// The notice that says from where on the catalog is incomplete; see Catalog::incompleteSince.
void noteIncomplete(const History &history, const Origin &since, std::vector<Notice> &notices);
/// Reads the files that labels and notices speak of and that are not among the sources yet.
void completeSources(const std::vector<Finding> &findings, const std::vector<Notice> &notices,
                     const FileReader &read, SourceMap &sources);

/// Moves the items of `more` to the end of `into`.
template <class T> void append(std::vector<T> &into, std::vector<T> &more) {
  if (into.capacity() == 0)
    return into.swap(more);
  into.insert(into.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
  more.clear();
}

} // namespace lockstep::session
