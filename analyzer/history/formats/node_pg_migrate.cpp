#include "base/path.hpp"
#include "history/formats/all.hpp"
#include "history/formats/names.hpp"

namespace lockstep {

// src/sqlMigration.ts: ^\s*--[\s-]*(up|down)\s+migration, in any case; a file without such a line
// is up as a whole. There is no way out of the transaction for SQL files.

static std::optional<Direction> directiveOf(std::string_view line) {
  std::string_view content = trim(line);
  if (!content.starts_with("--"))
    return std::nullopt;
  content.remove_prefix(std::min(content.find_first_not_of("- \t"), content.size()));
  for (Direction direction : {Direction::up, Direction::down}) {
    std::optional<std::string_view> rest =
        afterWord(content, direction == Direction::up ? "up" : "down");
    if (rest && rest->size() >= 9 && equalsIgnoringCase(rest->substr(0, 9), "migration"))
      return direction;
  }
  return std::nullopt;
}

static std::string_view mark(std::string_view text) {
  return findLine(text, [](std::string_view line) { return directiveOf(line).has_value(); });
}

static std::optional<Evidence> detect(const Folder &folder) {
  if (std::optional<Evidence> evidence = markedEvidence(folder, mark))
    return evidence;
  std::vector<NamedFile> files =
      namedFiles(folder, [](std::string_view stem) { return versionAndName(stem); });
  if (files.empty())
    return std::nullopt;
  auto project = folder.projectFile("package.json", "\"node-pg-migrate\"");
  if (!project)
    return std::nullopt;
  return Evidence{format("{} and {}", fileName(files.front().path), project.path),
                  Evidence::names_and_project};
}

static void list(const Folder &folder, History &history) {
  history.migrations =
      groupByVersion(namedFiles(folder, [](std::string_view stem) -> std::optional<NamedFile> {
        if (std::optional<NamedFile> directed = directedName(stem))
          return directed;
        if (std::optional<NamedFile> file = versionAndName(stem))
          return file;
        return versionAndName(stem, '-');
      }));
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Sections sections(text, wholeFile(history, file, text));
  forEachLine(text, [&](Range line) {
    if (std::optional<Direction> direction = directiveOf(slice(text, line)))
      sections.begin(line, *direction);
  });
  if (sections.empty())
    layout.units.push_back(wholeFile(history, file, text));
  sections.finish(layout);
  return layout;
}

constexpr Format node_pg_migrate_format{
    .name = "node-pg-migrate", .mark = mark, .detect = detect, .list = list, .layout = layout};

} // namespace lockstep
