#include "session/session.hpp"

#include "base/glob.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "config/find.hpp"
#include "session/change_scope.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <utility>

namespace lockstep::session {

using PathsByConfig = std::map<std::string, std::vector<std::string>>;

/// What is asked for beats the configuration.
static void overrule(Settings &settings, const Request &request) {
  settings.final_selection = request.selection;
  if (request.fail_on)
    settings.fail_on = *request.fail_on;
  if (!request.framework.empty()) {
    settings.framework = request.framework;
    settings.origins["framework"] = "--framework";
    for (HistorySettings &history : settings.histories)
      history.framework = request.framework;
  }
  if (request.execution) {
    settings.execution = request.execution;
    settings.origins["execution"] = "--execution";
    for (HistorySettings &history : settings.histories)
      history.execution = request.execution;
  }
  if (request.postgres) {
    settings.postgres = *request.postgres;
    settings.origins["postgres"] = "--postgres";
    for (HistorySettings &history : settings.histories)
      history.postgres.reset();
  }
  if (request.since) {
    settings.since.reset();
    settings.origins["since"] = "--since";
    if (!request.since->empty())
      settings.since = GitRevision{*request.since, "."};
  }
  if (!request.exclude.empty()) {
    settings.exclude.insert(settings.exclude.end(), request.exclude.begin(), request.exclude.end());
    settings.origins["exclude"] = settings.origins.contains("exclude")
                                      ? settings.origins["exclude"] + ", --exclude"
                                      : "--exclude";
  }
  if (request.baseline) {
    settings.baseline = *request.baseline;
    settings.origins["baseline"] = "--baseline";
  } else if (settings.baseline.empty()) {
    std::string config = settings.config_file;
    settings.baseline = findBaseline(config.empty() ? "." : parentPath(config));
    if (!settings.baseline.empty())
      settings.origins["baseline"] = "found";
  }
}

/// Threads that are made when they are asked for; empty for the calling one alone.
static std::function<WorkerPool *()> poolOf(unsigned jobs) {
  constexpr unsigned most = 8; ///< Few projects have histories and versions for more.
  if (jobs == 0)
    jobs = std::clamp(std::thread::hardware_concurrency(), 1U, most);
  if (jobs == 1)
    return {};
  auto pool = std::make_shared<std::unique_ptr<WorkerPool>>();
  return [pool, jobs] {
    if (!*pool)
      *pool = std::make_unique<WorkerPool>(jobs);
    return pool->get();
  };
}

static bool isGlob(std::string_view path) {
  return path.find_first_of("*?[") != std::string_view::npos;
}

/// Files that a pattern which the shell left alone matches; the pattern itself where none does.
static std::vector<std::string> expanded(const std::string &path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (path == "-" || !isGlob(path) || fs::exists(path, error))
    return {path};
  std::string pattern = displayPath(path);
  std::string folder = parentPath(pattern.substr(0, pattern.find_first_of("*?[") + 1));
  std::vector<std::string> found;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::string file = displayPath(at->path().generic_string());
    if (at->path().filename() == ".git")
      at.disable_recursion_pending();
    // A slash at the start anchors the pattern, as all of it is meant from here.
    else if (at->is_regular_file(error) && file.ends_with(".sql") &&
             matchesGlob(pattern.find('/') == std::string::npos ? "/" + pattern : pattern, file))
      found.push_back(std::move(file));
  }
  std::sort(found.begin(), found.end());
  return found.empty() ? std::vector<std::string>{path} : found;
}

Session::Session(Request request, std::span<const Rule *const> rules, FileReader disk, Life life)
    : request_(std::move(request)), rules_(rules), life_(life), documents_(std::move(disk)),
      pool_(poolOf(request_.jobs)) {}

Result<Settings> Session::readSettings(const std::string &path) {
  if (path.empty())
    return Settings{};
  const FileReader read = documents_.reader();
  const FileReader watched = [&](const std::string &file) {
    config_files_.insert(file);
    return read(file);
  };
  Result<std::string> text = watched(path);
  if (!text)
    return text.error();
  ConfigReading reading = readConfig(SourceFile{path, std::move(*text)}, rules_, watched);
  if (reading.problems.empty())
    return std::move(reading.settings);
  unusable_ = std::move(reading);
  return Error{"the configuration cannot be used"};
}

/// The folder whose configuration holds for a path.
std::string Session::folderOf(const std::string &path) const {
  if (path == "-")
    return request_.stdin_filename.empty() ? "." : parentPath(normalPath(request_.stdin_filename));
  std::error_code ignored;
  std::string normal = displayPath(path);
  return std::filesystem::is_directory(normal, ignored) ? normal : parentPath(normal);
}

/// Gives the folders below `folder` that have configurations of their own to those.
static void addConfiguredBelow(const std::string &folder, PathsByConfig &by_config) {
  for (const std::string &own : configuredFoldersBelow(folder))
    by_config[joinPath(own, config_name)].push_back(own);
}

/// The configuration of a folder; an Error where a name that is not read stands in its place.
static Result<std::string> configOf(const std::string &folder) {
  std::string config = findConfig(folder);
  if (const std::string path = findMisnamedConfig(folder, config); !path.empty())
    return Error{format("'{}' is not read: rename it to .lockstep.yaml, or remove it", path)};
  return config;
}

/// Sorts paths by their configurations. Without paths, the working directory's gets none: it says
/// itself what to look at.
Result<PathsByConfig> Session::sortPaths(const std::vector<std::string> &paths) {
  PathsByConfig by_config;
  if (!request_.config.empty()) {
    by_config[displayPath(request_.config)] = paths;
    return by_config;
  }
  if (paths.empty()) {
    const Result<std::string> config = configOf(".");
    if (!config)
      return config.error();
    by_config[*config];
    Result<Settings> settings = readSettings(*config);
    if (!settings)
      return settings.error();
    if (settings->histories.empty())
      addConfiguredBelow(".", by_config);
    return by_config;
  }
  std::map<std::string, std::string> config_of; ///< Folder → configuration.
  for (const std::string &path : paths) {
    const std::string folder = folderOf(path);
    auto known = config_of.find(folder);
    if (known == config_of.end()) {
      Result<std::string> config = configOf(folder);
      if (!config)
        return config.error();
      known = config_of.emplace(folder, std::move(*config)).first;
    }
    by_config[known->second].push_back(path);
    if (path != "-" && folder == displayPath(path))
      addConfiguredBelow(folder, by_config);
  }
  return by_config;
}

/// Calls `visit(folder)` for the folders of configurations that are below `folder` and below no
/// other such folder.
template <class Visit>
static void visitConfiguredBelow(const std::string &folder, const PathsByConfig &by_config,
                                 Visit &&visit) {
  const std::string prefix = folder == "." ? "" : folder.ends_with('/') ? folder : folder + "/";
  // The paths of those below stand together, and so do those below each of them.
  for (auto at = by_config.lower_bound(prefix);
       at != by_config.end() && at->first.starts_with(prefix);) {
    const std::string own = parentPath(at->first);
    if (at->first.empty() || own == folder || !isBelow(own, folder)) {
      ++at;
      continue;
    }
    visit(own);
    constexpr char next_to_slash = '/' + 1;
    at = by_config.lower_bound(own + next_to_slash);
  }
}

/// Leaves to other configurations what is below their folders. Folders that no one named, and those
/// that others take from, may be empty.
static void leaveToOthers(const std::string &config, const PathsByConfig &by_config,
                          const std::set<std::string> &named, Settings &settings, Scope &scope) {
  std::vector<std::string> folders = scope.paths;
  if (folders.empty())
    folders.emplace_back(".");
  for (const std::string &path : folders) {
    if (!named.contains(path) && path != ".")
      scope.optional_paths.insert(path);
    visitConfiguredBelow(displayPath(path), by_config, [&](const std::string &folder) {
      if (folder == parentPath(config))
        return;
      scope.optional_paths.insert(path);
      settings.exclude.push_back((folder.starts_with('/') ? "" : "/") + folder);
    });
  }
}

Status Session::open() {
  if (is_open_)
    return Done{};
  projects_.clear();
  config_files_.clear();
  unusable_.reset();
  std::vector<std::string> paths;
  for (const std::string &path : request_.paths)
    for (std::string &file : expanded(path))
      paths.push_back(std::move(file));
  Result<PathsByConfig> by_config = sortPaths(paths);
  if (!by_config)
    return by_config.error();
  const std::set<std::string> named(paths.begin(), paths.end());
  const Enclosure enclosure = enclosureOf(request_);
  // Many configurations may lie in one repository, which is asked once about each revision.
  std::map<std::pair<std::string, std::string>, std::shared_ptr<ChangeScope>> scopes;
  for (const auto &[config, own_paths] : *by_config) {
    Result<Settings> settings = readSettings(config);
    if (!settings)
      return settings.error();
    overrule(*settings, request_);
    Scope scope;
    scope.paths = own_paths;
    if (request_.config.empty())
      leaveToOthers(config, *by_config, named, *settings, scope);
    scope.stdin_filename = request_.stdin_filename;
    scope.enclosure = enclosure;
    scope.read = documents_.reader();
    scope.unsaved = documents_.unsaved();
    scope.force_exclude = request_.force_exclude;
    scope.up = request_.up;
    scope.down = request_.down;
    scope.start_after = request_.start_after;
    scope.today = request_.today;
    scope.pool = pool_;
    scope.progress = request_.progress;
    if (request_.staged || settings->since) {
      const std::optional<GitRevision> &since = settings->since;
      auto &shared = scopes[request_.staged ? std::pair<std::string, std::string>()
                                            : std::pair(since->name, since->folder)];
      if (!shared)
        shared = request_.staged ? ChangeScope::staged() : ChangeScope::since(*since);
      scope.changes = shared;
    }
    projects_.emplace_back(std::move(*settings), std::move(scope), rules_, life_);
  }
  is_open_ = true;
  return Done{};
}

/// True for a file that says, or may come to say, what holds for a project.
static bool isConfiguration(const std::string &path) {
  const std::string_view name = fileName(path);
  return name == config_name || name == baseline_name;
}

void Session::note(const std::vector<std::string> &paths) {
  const std::vector<std::string> unsaved = documents_.unsaved();
  for (Project &project : projects_)
    project.setUnsaved(unsaved);
  for (const std::string &path : paths) {
    if (isConfiguration(path) || config_files_.contains(path)) {
      is_open_ = false;
      continue;
    }
    for (Project &project : projects_)
      project.fileChanged(path);
  }
}

void Session::setText(const std::string &path, std::string text) {
  setTexts({{path, std::move(text)}});
}

void Session::setTexts(std::map<std::string, std::string> texts) {
  std::vector<std::string> paths;
  for (auto &[path, text] : texts) {
    paths.push_back(displayPath(path));
    documents_.set(paths.back(), std::move(text));
  }
  note(paths);
}

void Session::dropText(const std::string &path) {
  documents_.drop(displayPath(path));
  note({displayPath(path)});
}

void Session::fileChanged(const std::string &path) {
  note({displayPath(path)});
  for (Project &project : projects_)
    project.repositoryChanged();
}

} // namespace lockstep::session
