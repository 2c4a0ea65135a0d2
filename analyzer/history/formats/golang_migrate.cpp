#include "base/text.hpp"
#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

namespace lockstep::history {

// source/parse.go: ^([0-9]+)_(.*)\.(down|up)\.(.*)$, versions compared as numbers. The whole file
// goes to the server in one message.

static std::optional<Evidence> detect(const Folder &folder) {
  std::string_view first = firstNamed(
      folder, directedName, [](const NamedFile &file) { return file.direction == Direction::up; });
  if (first.empty())
    return std::nullopt;
  if (auto project = folder.projectFile("go.mod"))
    return Evidence{format("{} and {}", first, project.path), Evidence::names_and_project};
  return Evidence{std::string(first), Evidence::names};
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, directedName));
}

constexpr Format golang_migrate_format{
    .name = "golang-migrate",
    .model = ExecutionModel::implicit,
    .detect = detect,
    .list = list,
    .conduct = {.same_version = "refuses the folder",
                .overtaken = "never runs it where the later one has run"},
    .downs = Downs::usual};

} // namespace lockstep::history
