#include "base/path.hpp"
#include "history/formats/all.hpp"
#include "history/formats/flyway_config.hpp"
#include "history/reading/names.hpp"

#include <algorithm>

namespace lockstep::history {

// Files are V<version>__<description>.sql, R__<description>.sql, U<version>__… and B<version>__…;
// versions compare part by part, with '_' and '.' between the parts. Subfolders are read, too.

namespace {
enum class FileKind : uint8_t {
  versioned,
  repeatable,
  undo,
  baseline,
  callback_before,
  callback_after
};

struct FlywayFile {
  FileKind kind = FileKind::versioned;
  NamedFile named;
};
} // namespace

static bool isCallback(std::string_view stem, std::string_view event) {
  return stem.starts_with(event) &&
         (stem.size() == event.size() || stem.substr(event.size()).starts_with("__"));
}

static std::optional<FlywayFile> parseCallback(std::string_view stem) {
  if (!stem.starts_with("before") && !stem.starts_with("after"))
    return std::nullopt;
  for (std::string_view event :
       {"beforeMigrate", "beforeEachMigrate", "afterEachMigrate", "afterVersioned",
        "beforeRepeatables", "afterMigrate", "afterMigrateApplied"}) {
    if (!isCallback(stem, event))
      continue;
    bool before = event.starts_with("before") && event != "beforeRepeatables";
    return FlywayFile{before ? FileKind::callback_before : FileKind::callback_after,
                      {std::string(event), std::string(stem), std::nullopt, ""}};
  }
  return std::nullopt;
}

static std::optional<FlywayFile> parseName(std::string_view file, const FlywayConfig &config) {
  if (!file.ends_with(config.suffix))
    return std::nullopt;
  std::string_view stem = file.substr(0, file.size() - config.suffix.size());
  if (std::optional<FlywayFile> callback = parseCallback(stem))
    return callback;
  size_t gap = stem.find(config.separator);
  if (gap == std::string_view::npos)
    return std::nullopt;
  struct Prefix {
    std::string_view text;
    FileKind kind;
  };
  for (const Prefix &prefix :
       {Prefix{config.versioned, FileKind::versioned},
        Prefix{config.repeatable, FileKind::repeatable}, Prefix{config.undo, FileKind::undo},
        Prefix{config.baseline, FileKind::baseline}}) {
    if (!stem.starts_with(prefix.text) || gap < prefix.text.size())
      continue;
    FlywayFile parsed;
    parsed.kind = prefix.kind;
    parsed.named.version = stem.substr(prefix.text.size(), gap - prefix.text.size());
    std::replace(parsed.named.version.begin(), parsed.named.version.end(), '_', '.');
    parsed.named.name = stem.substr(gap + config.separator.size());
    bool has_version = !leadingDigits(parsed.named.version).empty() &&
                       parsed.named.version.find_first_not_of("0123456789.") == std::string::npos;
    if (prefix.kind == FileKind::repeatable ? parsed.named.version.empty() : has_version)
      return parsed;
  }
  return std::nullopt;
}

static void gather(const Folder &folder, const FlywayConfig &config,
                   std::vector<FlywayFile> &files) {
  for (const std::string &file : folder.files()) {
    std::optional<FlywayFile> parsed = parseName(file, config);
    if (!parsed)
      continue;
    parsed->named.path = folder.pathOf(file);
    files.push_back(std::move(*parsed));
  }
  for (const std::string &name : folder.folders())
    if (!folder.isLink(name))
      gather(folder.child(name), config, files);
}

static std::optional<Evidence> detect(const Folder &folder) {
  FlywayConfig config;
  std::vector<FlywayFile> files;
  std::string found;
  auto isFirst = [&](const FlywayFile &file) {
    return file.kind == FileKind::versioned || file.kind == FileKind::repeatable ||
           file.kind == FileKind::baseline;
  };
  auto first_here =
      std::find_if(folder.files().begin(), folder.files().end(), [&](const std::string &file) {
        std::optional<FlywayFile> parsed = parseName(file, config);
        return parsed && isFirst(*parsed);
      });
  if (first_here != folder.files().end())
    found = *first_here;
  // The default location may hold nothing but subfolders.
  if (found.empty() && folder.name() == "migration" && folder.parent().name() == "db") {
    gather(folder, config, files);
    auto first = std::find_if(files.begin(), files.end(), isFirst);
    if (first != files.end())
      found = relativeTo(first->named.path, folder.path());
  }
  if (found.empty())
    return std::nullopt;
  Folder::ProjectFile project = flywayConfigFile(folder);
  for (std::string_view file : {"pom.xml", "build.gradle", "build.gradle.kts"})
    if (!project)
      project = folder.projectFile(file, "flyway");
  if (project)
    return Evidence{format("{} and {}", found, project.path), Evidence::names_and_project};
  return Evidence{found, Evidence::names};
}

static Migration migrationOf(const Folder &folder, const FlywayFile &file) {
  Migration migration;
  migration.version = file.named.version.empty() ? file.named.name : file.named.version;
  migration.name = file.named.name;
  migration.repeatable = file.kind != FileKind::versioned && file.kind != FileKind::baseline;
  migration.starts_deploys = file.kind == FileKind::callback_before;
  MigrationFile &script = migration.files.emplace_back();
  script.path = file.named.path;
  std::string conf = std::string(relativeTo(file.named.path, folder.path())) + ".conf";
  if (folder.has(conf)) {
    std::string text = folder.read(conf);
    std::string_view in_transaction = configValue(text, "executeInTransaction");
    if (!in_transaction.empty()) {
      script.model =
          in_transaction == "false" ? ExecutionModel::autocommit : ExecutionModel::tx_file;
      script.model_reason = format("executeInTransaction={} in {}", in_transaction, fileName(conf));
    }
  }
  return migration;
}

static void list(const Folder &folder, History &history) {
  FlywayConfig config = flywayConfig(folder, history);
  if (config.group)
    history.execution = ExecutionModel::tx_all;
  std::vector<FlywayFile> files;
  gather(folder, config, files);
  std::stable_sort(files.begin(), files.end(), [](const FlywayFile &a, const FlywayFile &b) {
    int order = compareVersions(a.named.version, b.named.version);
    return order != 0 ? order < 0 : a.named.name < b.named.name;
  });
  auto add = [&](FileKind kind) {
    for (const FlywayFile &file : files)
      if (file.kind == kind)
        history.migrations.push_back(migrationOf(folder, file));
  };
  add(FileKind::callback_before);
  // The highest baseline stands for all versions up to its own.
  const FlywayFile *baseline = nullptr;
  for (const FlywayFile &file : files)
    if (file.kind == FileKind::baseline)
      baseline = &file;
  if (baseline)
    history.migrations.push_back(migrationOf(folder, *baseline));
  for (const FlywayFile &file : files)
    if (file.kind == FileKind::versioned &&
        (!baseline || compareVersions(file.named.version, baseline->named.version) > 0))
      history.migrations.push_back(migrationOf(folder, file));
  for (const FlywayFile &file : files)
    for (Migration &migration : history.migrations)
      if (file.kind == FileKind::undo && !migration.repeatable &&
          compareVersions(migration.version, file.named.version) == 0)
        migration.files.push_back({.path = file.named.path, .direction = Direction::down});
  add(FileKind::repeatable);
  add(FileKind::callback_after);
}

static Claim claim(std::string_view path) {
  std::optional<FlywayFile> parsed = parseName(fileName(path), FlywayConfig());
  if (!parsed)
    return Claim::none;
  return parsed->kind == FileKind::undo ? Claim::usual : Claim::dropped;
}

constexpr Format flyway_format{
    .name = "flyway",
    .recursive = true,
    .detect = detect,
    .list = list,
    .layout = flywayLayout,
    .claim = claim,
    .conduct = {.same_version = "refuses to run any",
                .overtaken = "leaves it out or fails, unless outOfOrder=true",
                .changed = "refuses to run any: the checksum is another"},
    .downs = Downs::optional};

} // namespace lockstep::history
