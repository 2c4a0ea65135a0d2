#pragma once
#include "history/discovery.hpp"
#include "history/timeline.hpp"
#include "session/session.hpp"

#include <iterator>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace lockstep {

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
/// The history as reports name it.
[[nodiscard]] HistoryInfo infoOf(const History &history);
/// Paths of the files to report on, as they stand in the history.
[[nodiscard]] std::unordered_set<std::string_view> wantedFiles(const History &history);
/// The notice that says from where on the catalog is incomplete, where it is.
void noteIncomplete(const History &history, const Catalog &catalog, std::vector<Notice> &notices);
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

} // namespace lockstep
