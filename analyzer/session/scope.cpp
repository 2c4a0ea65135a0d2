#include "session/scope.hpp"

#include "base/text.hpp"
#include "history/file_tree.hpp"

#include <algorithm>

namespace lockstep {

FileReader readerOf(const Scope &scope) { return scope.read ? scope.read : FileReader(readFile); }

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
                                .settings = {}});
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
  return options;
}

Result<Discovery> discoverScope(const Settings &settings, const Scope &scope) {
  std::vector<std::string> paths = scope.paths;
  if (paths.empty())
    for (const HistorySettings &history : settings.histories)
      paths.push_back(history.path);
  if (paths.empty())
    paths.emplace_back(".");
  return discover(paths, discoveryOptions(settings, scope), readerOf(scope));
}

PostgresVersions versionsOf(const Settings &settings, const History &history) {
  for (const HistorySettings &declared : settings.histories)
    if (declared.path == history.path && declared.postgres)
      return *declared.postgres;
  return settings.postgres;
}

SimulationOptions simulationOf(const Settings &settings, const Scope &scope, const History &history,
                               int postgres) {
  SimulationOptions options;
  options.effects.postgres = postgres;
  options.effects.time_zone = settings.time_zone;
  options.up = scope.up;
  options.down = scope.down;
  if (scope.start_after.empty())
    options.wanted = &Migration::isWanted;
  else
    options.wanted = [after = comesAfter(history, scope.start_after)](const Migration &migration) {
      return migration.isWanted() && after(migration);
    };
  return options;
}

HistoryInfo infoOf(const History &history) {
  return {history.path, history.framework, std::string(name(history.execution)),
          history.detected_by};
}

std::set<std::string> wantedFiles(const History &history) {
  std::set<std::string> files;
  for (const Migration &migration : history.migrations)
    for (const MigrationFile &file : migration.files)
      if (file.wanted)
        files.insert(file.path);
  return files;
}

void noteIncomplete(const History &history, const Catalog &catalog, std::vector<Notice> &notices) {
  const Origin *origin = catalog.incompleteSince();
  if (!origin)
    return;
  Notice notice;
  notice.kind = "incomplete";
  const MigrationFile *file = history.fileOf(*origin);
  notice.file = file ? file->path : history.base_schema;
  notice.range = origin->where;
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

} // namespace lockstep
