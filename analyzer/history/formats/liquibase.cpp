#include "base/path.hpp"
#include "history/formats/all.hpp"
#include "history/formats/liquibase_layout.hpp"
#include "history/reading/names.hpp"

#include <algorithm>

namespace lockstep::history {

// Formatted SQL: a file of change-sets, in the order in which a master changelog includes the
// files, else by name (includeAll). Change-sets are the units; see liquibaseLayout.

static std::string_view mark(std::string_view text) {
  return findComment(text, [](std::string_view line) { return isLiquibaseHeader(line); });
}

static void gather(const Folder &folder, std::vector<std::string> &paths) {
  for (const std::string &file : folder.files())
    if (sqlStem(file))
      paths.push_back(folder.pathOf(file));
  for (const std::string &name : folder.folders())
    if (!folder.isLink(name))
      gather(folder.child(name), paths);
}

/// The text of the changelog that includes files of this folder: here or up to three levels above.
static std::string masterText(const Folder &folder) {
  std::string text;
  Folder at = folder;
  for (int level = 0; level <= 3; ++level, at = at.parent()) {
    for (const std::string &file : at.files()) {
      std::string lower = toLowerAscii(file);
      bool is_changelog = lower.find("change") != std::string::npos ||
                          lower.find("master") != std::string::npos ||
                          lower.find("migration") != std::string::npos;
      if (!is_changelog || (!lower.ends_with(".xml") && !lower.ends_with(".yaml") &&
                            !lower.ends_with(".yml") && !lower.ends_with(".json")))
        continue;
      text = at.read(file);
      if (text.find("databaseChangeLog") != std::string::npos &&
          text.find(".sql") != std::string::npos)
        return text;
    }
  }
  text.clear();
  return text;
}

static void list(const Folder &folder, History &history) {
  std::vector<std::string> paths;
  gather(folder, paths);
  std::string master = masterText(folder);
  auto placeOf = [&](const std::string &path) {
    return master.find("/" + std::string(fileName(path))) != std::string::npos
               ? master.find("/" + std::string(fileName(path)))
               : master.find(fileName(path));
  };
  std::vector<std::pair<size_t, std::string>> ordered;
  for (std::string &path : paths)
    ordered.emplace_back(placeOf(path), std::move(path));
  // What the changelog does not name comes by path: npos is the largest place.
  std::sort(ordered.begin(), ordered.end());
  for (const auto &[place, path] : ordered) {
    std::string_view stem = sqlStem(fileName(path)).value_or(fileName(path));
    std::optional<NamedFile> named = wholeStem(stem);
    Migration &migration = history.migrations.emplace_back();
    migration.version = named->version;
    migration.name = named->name;
    migration.files.push_back({.path = path});
  }
}

constexpr Format liquibase_format{
    .name = "liquibase",
    .recursive = true,
    .mark = mark,
    .list = list,
    .layout = liquibaseLayout,
    .conduct = {.changed = "refuses to run any: the checksum is another"},
    .downs = Downs::usual};

} // namespace lockstep::history
