#include "cli/input.hpp"

#include "base/glob.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "config/config.hpp"
#include "config/find.hpp"
#include "history/discovery.hpp"
#include "history/disk.hpp"
#include "report/escape.hpp"
#include "report/text.hpp"
#include "rules/pages.hpp"
#include "rules/registry.hpp"
#include "session/change_scope.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <memory>
#include <thread>

namespace lockstep {

static Result<Settings> readSettings(const std::string &path, std::span<const Rule *const> rules) {
  if (path.empty())
    return Settings{};
  Result<std::string> text = readFile(path);
  if (!text)
    return text.error();
  SourceFile file{path, std::move(*text)};
  ConfigReading reading = readConfig(file, rules);
  if (reading.problems.empty())
    return std::move(reading.settings);
  std::string message = "the configuration cannot be used\n";
  for (const ConfigProblem &problem : reading.problems)
    message += renderProblem(reading.files[problem.file], problem.where, problem.message);
  message.pop_back();
  return Error{std::move(message)};
}

/// What the command line says beats the configuration.
static void overrule(Settings &settings, const InputArguments &input) {
  if (!input.framework.empty()) {
    settings.framework = input.framework;
    settings.origins["framework"] = "--framework";
    for (HistorySettings &history : settings.histories)
      history.framework = input.framework;
  }
  if (input.execution) {
    settings.execution = input.execution;
    settings.origins["execution"] = "--execution";
    for (HistorySettings &history : settings.histories)
      history.execution = input.execution;
  }
  if (input.postgres) {
    settings.postgres = *input.postgres;
    settings.origins["postgres"] = "--postgres";
    for (HistorySettings &history : settings.histories)
      history.postgres.reset();
  }
  if (input.since) {
    settings.since.reset();
    settings.origins["since"] = "--since";
    if (!input.since->empty())
      settings.since = GitRevision{*input.since, "."};
  }
  if (!input.exclude.empty()) {
    settings.exclude.insert(settings.exclude.end(), input.exclude.begin(), input.exclude.end());
    settings.origins["exclude"] = settings.origins.contains("exclude")
                                      ? settings.origins["exclude"] + ", --exclude"
                                      : "--exclude";
  }
  if (input.baseline) {
    settings.baseline = *input.baseline;
    settings.origins["baseline"] = "--baseline";
  } else if (settings.baseline.empty()) {
    std::string config = settings.config_file;
    settings.baseline = findBaseline(config.empty() ? "." : parentPath(config));
    if (!settings.baseline.empty())
      settings.origins["baseline"] = "found";
  }
}

static std::string today() {
  std::time_t now = std::time(nullptr);
  std::tm parts{};
  char text[sizeof "2026-12-31"];
  return localtime_r(&now, &parts) && std::strftime(text, sizeof text, "%Y-%m-%d", &parts) > 0
             ? text
             : "";
}

/// Threads that are made when they are asked for; empty for the calling one alone.
static std::function<WorkerPool *()> poolOf(unsigned jobs) {
  constexpr unsigned most = 8; ///< More only wait for the one that simulates.
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

/// Reads standard input once, by the name that it stands for; all else from the disk.
static FileReader inputReader(const InputArguments &input) {
  bool is_asked = std::find(input.paths.begin(), input.paths.end(), "-") != input.paths.end();
  std::string name(stdin_path);
  if (!input.stdin_filename.empty())
    name = displayPath(input.stdin_filename);
  auto kept = std::make_shared<std::string>();
  auto is_read = std::make_shared<bool>(false);
  auto disk = std::make_shared<Disk>();
  return [=](const std::string &path) -> Result<std::string> {
    if (!is_asked || path != name)
      return disk->read(path);
    if (!*is_read) {
      char buffer[1 << 16];
      for (size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;)
        kept->append(buffer, got);
      *is_read = true;
    }
    return *kept;
  };
}

/// The folder whose configuration holds for a path.
static std::string folderOf(const std::string &path, const InputArguments &input) {
  if (path == "-")
    return input.stdin_filename.empty() ? "." : parentPath(normalPath(input.stdin_filename));
  std::error_code ignored;
  std::string normal = displayPath(path);
  return std::filesystem::is_directory(normal, ignored) ? normal : parentPath(normal);
}

/// Paths by the configuration that is nearest to them; "": none is.
using ConfiguredPaths = std::map<std::string, std::vector<std::string>>;

/// Gives the folders below `folder` that have configurations of their own to those.
static void addConfiguredBelow(const std::string &folder, ConfiguredPaths &by_config) {
  for (const std::string &own : configuredFoldersBelow(folder))
    by_config[joinPath(own, config_name)].push_back(own);
}

/// Sorts paths by their configurations. Without paths, the working directory's gets none: it says
/// itself what to look at.
static Result<ConfiguredPaths> sortPaths(const std::vector<std::string> &paths,
                                         const InputArguments &input,
                                         std::span<const Rule *const> rules) {
  ConfiguredPaths by_config;
  if (!input.config.empty()) {
    by_config[displayPath(input.config)] = paths;
    return by_config;
  }
  if (paths.empty()) {
    const std::string config = findConfig(".");
    by_config[config];
    Result<Settings> settings = readSettings(config, rules);
    if (!settings)
      return settings.error();
    if (settings->histories.empty())
      addConfiguredBelow(".", by_config);
    return by_config;
  }
  std::map<std::string, std::string> config_of; ///< Folder → configuration.
  for (const std::string &path : paths) {
    const std::string folder = folderOf(path, input);
    auto known = config_of.find(folder);
    if (known == config_of.end())
      known = config_of.emplace(folder, findConfig(folder)).first;
    by_config[known->second].push_back(path);
    if (path != "-" && folder == displayPath(path))
      addConfiguredBelow(folder, by_config);
  }
  return by_config;
}

/// Leaves to other configurations what is below their folders. Folders that no one named, and those
/// that others take from, may be empty.
static void leaveToOthers(const std::string &config, const ConfiguredPaths &by_config,
                          const std::vector<std::string> &named, InputGroup &group) {
  std::vector<std::string> folders = group.scope.paths;
  if (folders.empty())
    folders.emplace_back(".");
  for (const std::string &path : folders) {
    if (std::find(named.begin(), named.end(), path) == named.end() && path != ".")
      group.scope.optional_paths.insert(path);
    const std::string shown = displayPath(path);
    for (const auto &[other, ignored] : by_config) {
      const std::string folder = parentPath(other);
      if (other.empty() || other == config || folder == shown ||
          !(shown == "." ? !folder.starts_with("..") : isBelow(folder, shown)))
        continue;
      group.scope.optional_paths.insert(path);
      group.settings.exclude.push_back((folder.starts_with('/') ? "" : "/") + folder);
    }
  }
}

Result<std::vector<InputGroup>> groupInput(const InputArguments &input,
                                           std::span<const Rule *const> rules) {
  std::vector<std::string> paths;
  for (const std::string &path : input.paths)
    for (std::string &file : expanded(path))
      paths.push_back(std::move(file));
  Result<ConfiguredPaths> by_config = sortPaths(paths, input, rules);
  if (!by_config)
    return by_config.error();

  FileReader read = inputReader(input);
  std::function<WorkerPool *()> pool = poolOf(input.jobs);
  std::vector<InputGroup> groups;
  for (const auto &[config, own_paths] : *by_config) {
    Result<Settings> settings = readSettings(config, rules);
    if (!settings)
      return settings.error();
    overrule(*settings, input);
    InputGroup group{std::move(*settings), {}};
    group.scope.paths = own_paths;
    if (input.config.empty())
      leaveToOthers(config, *by_config, paths, group);
    group.scope.stdin_filename = input.stdin_filename;
    group.scope.read = read;
    group.scope.force_exclude = input.force_exclude;
    group.scope.up = input.up;
    group.scope.down = input.down;
    group.scope.start_after = input.start_after;
    group.scope.today = today();
    group.scope.pool = pool;
    if (input.staged)
      group.scope.changes = ChangeScope::staged();
    else if (group.settings.since)
      group.scope.changes = ChangeScope::since(*group.settings.since);
    groups.push_back(std::move(group));
  }
  return groups;
}

bool complainAbout(const Reach &reach, const InputArguments &input) {
  for (const std::string &path : reach.unreadable)
    complain(format("cannot read '{}'", printable(path)));
  if (!input.unmatched_is_error)
    return !reach.unreadable.empty();
  for (const std::string &path : reach.unmatched)
    complain(format("nothing to check at '{}'", printable(path)));
  return !reach.unreadable.empty() || !reach.unmatched.empty();
}

ReportContext reportContext(const Tool &tool) {
  ReportContext context;
  context.version = tool.version;
  context.grammar = grammarVersion();
  context.rules = allRules();
  context.page = &rulePage;
  context.working_directory = absolutePath(".");
  context.repository_root = repositoryRootOf(".");
  if (context.repository_root.empty())
    context.repository_root = context.working_directory;
  return context;
}

} // namespace lockstep
