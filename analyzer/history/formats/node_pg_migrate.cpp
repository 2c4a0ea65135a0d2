#include "base/text.hpp"
#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

#include <algorithm>

namespace lockstep::history {

// src/sqlMigration.ts: ^\s*--[\s-]*(up|down)\s+migration, in any case; a file without such a line
// is up as a whole. All pending migrations run in one transaction unless --no-single-transaction is
// given; SQL files have no way out of it.

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
  return findComment(text, [](std::string_view line) { return directiveOf(line).has_value(); });
}

static std::optional<Evidence> detect(const Folder &folder) {
  if (std::optional<Evidence> evidence = markedEvidence(folder, mark))
    return evidence;
  std::string_view first =
      firstNamed(folder, [](std::string_view stem) { return versionAndName(stem); });
  if (first.empty())
    return std::nullopt;
  auto project = folder.projectFile("package.json", "\"node-pg-migrate\"");
  if (!project)
    return std::nullopt;
  return Evidence{format("{} and {}", first, project.path), Evidence::names_and_project};
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

/// Only the first line of each direction counts. Where nothing says what is up, all is, the down
/// part with it.
static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Sections sections(text, wholeFile(history, file, text));
  std::optional<Range> down;
  bool has_up = false;
  forEachLine(text, [&](Range line) {
    std::optional<Direction> direction = directiveOf(slice(text, line));
    if (!direction || (*direction == Direction::up ? has_up : down.has_value()))
      return;
    sections.begin(line, *direction);
    if (*direction == Direction::up)
      has_up = true;
    else
      down = line;
  });
  if (has_up) {
    sections.finish(layout);
    return layout;
  }
  layout.units.push_back(wholeFile(history, file, text));
  if (down)
    layout.problems.push_back(
        {*down, "node-pg-migrate runs the whole file, also what follows this line, as the up part",
         "put '-- Up Migration' before the up part"});
  return layout;
}

constexpr Format node_pg_migrate_format{
    .name = "node-pg-migrate",
    .model = ExecutionModel::tx_all,
    .mark = mark,
    .detect = detect,
    .list = list,
    .layout = layout,
    .conduct = {.overtaken = "refuses to run any, unless told --no-check-order"},
    .downs = Downs::usual};

} // namespace lockstep::history
