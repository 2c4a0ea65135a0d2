#include "history/formats/all.hpp"
#include "history/formats/names.hpp"

#include <algorithm>

namespace lockstep {

// source/parse.go: ^([0-9]+)_(.*)\.(down|up)\.(.*)$, versions compared as numbers. The whole file
// goes to the server in one message.

static std::optional<NamedFile> nameOf(const std::string &file) {
  std::optional<std::string_view> stem = sqlStem(file);
  return stem ? directedName(*stem) : std::nullopt;
}

static std::optional<Evidence> detect(const Folder &folder) {
  for (const std::string &file : folder.files()) {
    std::optional<NamedFile> named = nameOf(file);
    if (!named || named->direction != Direction::up)
      continue;
    if (std::string project = folder.projectFile("go.mod", ""); !project.empty())
      return Evidence{file + " beside " + project, Evidence::Strength::names_and_project};
    return Evidence{file, Evidence::Strength::names};
  }
  return std::nullopt;
}

static void list(const Folder &folder, History &history) {
  std::vector<NamedFile> files;
  for (const std::string &file : folder.files()) {
    std::optional<NamedFile> named = nameOf(file);
    if (!named)
      continue;
    named->path = folder.pathOf(file);
    files.push_back(std::move(*named));
  }
  history.migrations = groupByVersion(std::move(files));
}

constexpr Format golang_migrate_format{
    .name = "golang-migrate", .model = ExecutionModel::implicit, .detect = detect, .list = list};

} // namespace lockstep
