#include "session/scope.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "history/files/disk.hpp"
#include "history/files/file_tree.hpp"
#include "session/change_scope.hpp"

#include <algorithm>

namespace lockstep::session {

FileReader readerOf(const Scope &scope) {
  FileReader disk = scope.read ? scope.read : FileReader(readFile);
  return scope.changes ? scope.changes->over(std::move(disk)) : disk;
}

/// The configuration's execution model holds for histories that declare none; where some do, only
/// the command line's may beat them, and that one has replaced theirs.
static DiscoveryOptions discoveryOptions(const Settings &settings, const Scope &scope) {
  DiscoveryOptions options;
  bool declared = false;
  for (const HistorySettings &history : settings.histories) {
    options.declared.push_back({.path = history.path,
                                .framework = history.framework,
                                .execution = history.execution,
                                .base_schema = history.base_schema,
                                .settings = history.settings});
    declared |= history.execution.has_value();
  }
  if (!declared)
    options.execution = settings.execution;
  for (HistoryDeclaration &declaration : options.declared)
    if (!declaration.execution)
      declaration.execution = settings.execution;
  options.framework = settings.framework;
  options.exclude = settings.exclude;
  options.force_exclude = scope.force_exclude;
  options.stdin_filename = scope.stdin_filename;
  options.enclosure = scope.enclosure;
  options.extra_files = scope.unsaved;
  if (scope.changes) {
    for (std::string &file : scope.changes->extraFiles())
      options.extra_files.push_back(std::move(file));
    options.hidden_files = scope.changes->hiddenFiles();
  }
  return options;
}

/// Takes in the repositories of folders; true where one of them shows other files than the disk.
template <class Items, class FolderOf>
static Result<bool> includeAll(ChangeScope &changes, const Items &items, FolderOf &&folder_of) {
  bool look_again = false;
  for (const auto &item : items) {
    Result<bool> one = changes.include(folder_of(item));
    if (!one)
      return one;
    look_again |= *one;
  }
  return look_again;
}

/// Finds the histories as they stand in the change set's repositories.
static Result<Discovery> discoverChanges(const std::vector<std::string> &paths,
                                         const Settings &settings, const Scope &scope) {
  std::vector<std::string> starts;
  for (const std::string &path : paths)
    if (path != "-")
      starts.push_back(displayPath(path));
    else if (!scope.stdin_filename.empty())
      starts.push_back(parentPath(displayPath(scope.stdin_filename)));
  Result<bool> known =
      includeAll(*scope.changes, starts, [](const std::string &start) { return start; });
  if (!known)
    return known.error();
  while (true) {
    Result<Discovery> discovery =
        discover(paths, discoveryOptions(settings, scope), readerOf(scope));
    if (!discovery)
      return discovery;
    std::vector<std::string> folders;
    for (const FoundHistory &found : discovery->histories)
      if (found.history.path != stdin_path)
        folders.push_back(found.history.path);
    // A history may lie in a submodule, whose index is another one.
    Result<bool> look_again =
        includeAll(*scope.changes, folders, [](const std::string &folder) { return folder; });
    if (!look_again)
      return look_again.error();
    if (!*look_again)
      return discovery;
  }
}

/// Leaves only what the change set holds to be reported on.
static void limitTo(const ChangeScope &changes, Discovery &discovery) {
  if (discovery.histories.empty())
    return;
  std::erase_if(discovery.histories, [&](FoundHistory &found) {
    const std::vector<Migration> &migrations = found.history.migrations;
    for (size_t i = 0; i < migrations.size(); ++i)
      if (!changes.contains(migrations[i]))
        found.wanted.removeAllOf(i);
    return found.wanted.empty() && changes.deletedBelow(found.history.path).empty();
  });
  if (discovery.histories.empty())
    discovery.notices.push_back({"change-set",
                                 "the change set is empty: no migration that was asked for is new "
                                 "or changed (" +
                                     changes.description() + ")",
                                 "",
                                 {}});
}

Result<Discovery> discoverScope(const Settings &settings, const Scope &scope) {
  std::vector<std::string> paths = scope.paths;
  if (paths.empty())
    for (const HistorySettings &history : settings.histories) {
      // Not even names of files are shown from elsewhere.
      if (!scope.enclosure.empty() && !scope.enclosure.contains(absolutePath(history.path)))
        return Error{format("cannot check the history at '{}', which {} declares: {}", history.path,
                            settings.config_file, outside_enclosure)};
      paths.push_back(history.path);
    }
  if (paths.empty())
    paths.emplace_back(".");
  Result<Discovery> discovery =
      scope.changes ? discoverChanges(paths, settings, scope)
                    : discover(paths, discoveryOptions(settings, scope), readerOf(scope));
  if (!discovery)
    return discovery;
  std::erase_if(discovery->unmatched,
                [&](const std::string &path) { return scope.optional_paths.contains(path); });
  if (scope.changes && scope.changes_only)
    limitTo(*scope.changes, *discovery);
  return discovery;
}

Reach reachOf(const Scope &scope, const Discovery &discovery) {
  Reach reach;
  reach.unmatched = discovery.unmatched;
  reach.unreadable = discovery.unreadable;
  // Histories that a change set leaves alone were left out, and their versions with them.
  if (scope.start_after.empty() || scope.changes)
    return reach;
  std::vector<std::string_view> known;
  for (const FoundHistory &found : discovery.histories)
    for (const Migration &migration : found.history.migrations) {
      reach.has_start |= compareVersions(migration.version, scope.start_after) == 0;
      known.push_back(migration.version);
    }
  reach.lacks_start = !reach.has_start && !known.empty();
  if (reach.lacks_start)
    reach.near_start = nearest(scope.start_after, known);
  return reach;
}

PostgresVersions versionsOf(const Settings &settings, const History &history) {
  for (const HistorySettings &declared : settings.histories)
    if (declared.path == history.path && declared.postgres)
      return *declared.postgres;
  return settings.postgres;
}

/// True where the whole folder of the history was asked for.
static bool coversHistory(const Scope &scope, const History &history) {
  return scope.paths.empty() ||
         std::any_of(scope.paths.begin(), scope.paths.end(), [&](const std::string &path) {
           const std::string folder = displayPath(path);
           return folder == "." || folder == history.path || isBelow(history.path, folder);
         });
}

std::vector<DeletedMigration> deletedMigrations(const Settings &settings, const Scope &scope,
                                                const History &history) {
  std::vector<DeletedMigration> gone;
  if (!scope.changes || !scope.changes_only || !coversHistory(scope, history))
    return gone;
  const std::vector<std::string> files = scope.changes->deletedBelow(history.path);
  if (files.empty())
    return gone;
  // The format says which of the files were migrations: it is shown the history with them.
  DiscoveryOptions options = discoveryOptions(settings, scope);
  options.extra_files.insert(options.extra_files.end(), files.begin(), files.end());
  const auto isGone = [&](const std::string &path) {
    return std::find(files.begin(), files.end(), path) != files.end();
  };
  const FileReader now = readerOf(scope);
  const FileReader before = [&](const std::string &path) -> Result<std::string> {
    if (!isGone(path))
      return now(path);
    return scope.changes->textBefore({.path = path}).value_or(std::string());
  };
  Result<Discovery> discovery = discover({history.path}, options, before);
  if (!discovery)
    return gone;
  std::set<std::string> versions;
  for (const Migration &migration : history.migrations)
    versions.insert(migration.version);
  for (const FoundHistory &found : discovery->histories)
    for (const Migration &migration : found.history.migrations) {
      const bool is_gone = found.history.path == history.path && !migration.files.empty() &&
                           isGone(migration.files.front().path) &&
                           migration.files.front().direction != Direction::down;
      if (!is_gone || versions.contains(migration.version))
        continue;
      Result<std::string> text = before(migration.files.front().path);
      gone.push_back({migration, migration.files.front(), text ? *text : std::string()});
    }
  return gone;
}

const TableSizes &tablesOf(const Settings &settings, const History &history) {
  for (const HistorySettings &declared : settings.histories)
    if (declared.path == history.path && declared.tables)
      return declared.tables->sizes;
  return settings.tables.sizes;
}

SimulationOptions simulationOf(const Settings &settings, const Scope &scope, const History &history,
                               int postgres) {
  SimulationOptions options;
  options.effects.postgres = postgres;
  options.session_settings = settings.session;
  if (auto zone = settings.session.find("timezone"); zone != settings.session.end())
    options.effects.time_zone = zone->second;
  if (!scope.changes)
    return options;
  ChangeSetMembers members;
  for (const Migration &migration : history.migrations)
    members.push_back(scope.changes->contains(migration));
  options.members = std::make_shared<const ChangeSetMembers>(std::move(members));
  return options;
}

Reporting reportingOf(const Scope &scope, const History &history, const FileSet &wanted) {
  Reporting reporting;
  reporting.up = scope.up;
  reporting.down = scope.down;
  if (scope.changes)
    reporting.text_before = [changes = scope.changes](const MigrationFile &file) {
      return changes->textBefore(file);
    };
  std::function<bool(const Migration &)> is_after;
  if (!scope.start_after.empty())
    is_after = comesAfter(history, scope.start_after);
  for (size_t i = 0; i < history.migrations.size(); ++i)
    reporting.wanted.push_back(wanted.hasAnyOf(i) &&
                               (!is_after || is_after(history.migrations[i])));
  return reporting;
}

HistoryInfo infoOf(const History &history) {
  return {history.path, history.framework, std::string(name(history.execution)),
          history.detected_by};
}

std::unordered_set<std::string_view> wantedFiles(const FoundHistory &found) {
  std::unordered_set<std::string_view> files;
  const std::vector<Migration> &migrations = found.history.migrations;
  for (size_t i = 0; i < migrations.size(); ++i)
    for (size_t j = 0; j < migrations[i].files.size(); ++j)
      if (found.wanted.contains(i, j))
        files.insert(migrations[i].files[j].path);
  return files;
}

void noteIncomplete(const History &history, const Origin &since, std::vector<Notice> &notices) {
  Notice notice;
  notice.kind = "incomplete";
  const MigrationFile *file = history.fileOf(since);
  notice.file = file ? file->path : history.base_schema;
  notice.range = since.where;
  notice.message = "this may make or change objects that no file shows: from here on, names that "
                   "the history did not make are taken as unknown";
  notices.push_back(std::move(notice));
}

void completeSources(const std::vector<Finding> &findings, const std::vector<Notice> &notices,
                     const FileReader &read, SourceMap &sources) {
  auto want = [&](const std::string &path) {
    if (path.empty() || sources.contains(path))
      return;
    if (Result<std::string> text = read(path))
      sources[path] = std::make_shared<SourceFile>(SourceFile{path, std::move(*text)});
  };
  for (const Finding &finding : findings) {
    want(finding.file);
    for (const Label &label : finding.related)
      want(label.file);
  }
  for (const Notice &notice : notices)
    want(notice.file);
}

} // namespace lockstep::session
