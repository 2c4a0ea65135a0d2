#include "history/formats/all.hpp"
#include "history/formats/names.hpp"

namespace lockstep {

// rubenv/sql-migrate, sqlparse/sqlparse.go: "-- +migrate Up [notransaction]"; it splits the file
// itself and sends one statement at a time. Files run in the order of the number that their names
// begin with, then by name (migrate.go, Migration.Less).

static std::optional<std::string_view> directiveOf(std::string_view line) {
  std::optional<std::string_view> comment = lineComment(line);
  return comment ? afterWord(*comment, "+migrate") : std::nullopt;
}

static std::string_view mark(std::string_view text) {
  return findLine(text, [](std::string_view line) { return directiveOf(line).has_value(); });
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, wholeStem));
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Sections sections(text, wholeFile(history, file, text));
  forEachLine(text, [&](Range line) {
    std::optional<std::string_view> directive = directiveOf(slice(text, line));
    for (Direction direction : {Direction::up, Direction::down}) {
      std::optional<std::string_view> options;
      if (directive)
        options = afterWord(*directive, direction == Direction::up ? "Up" : "Down");
      if (!options)
        continue;
      sections.begin(line, direction);
      for (std::string_view option : split(*options, ' ')) {
        if (!equalsIgnoringCase(option, "notransaction"))
          continue;
        sections.current()->model = ExecutionModel::autocommit;
        sections.current()->model_reason = "notransaction";
      }
    }
  });
  if (sections.empty())
    layout.units.push_back(wholeFile(history, file, text));
  sections.finish(layout);
  return layout;
}

constexpr Format sql_migrate_format{
    .name = "sql-migrate", .mark = mark, .list = list, .layout = layout};

} // namespace lockstep
