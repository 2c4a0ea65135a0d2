#include "base/text.hpp"
#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

namespace lockstep::history {

// What "alembic upgrade a:b --sql" prints: the revisions one after another, with BEGIN and COMMIT
// where the server will see them.

static std::string_view mark(std::string_view text) {
  return findComment(text,
                     [](std::string_view line) { return line.starts_with("-- Running upgrade"); });
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, wholeStem));
}

/// True for a line by which Alembic notes the revision in its own table, whatever that is called.
static bool notesRevision(std::string_view line) {
  if (!line.ends_with(';'))
    return false;
  if (line.starts_with("UPDATE "))
    return line.find(" SET version_num=") != line.npos;
  if (line.starts_with("INSERT INTO "))
    return line.find(" (version_num) VALUES ") != line.npos;
  return line.starts_with("DELETE FROM ") && line.find(".version_num = ") != line.npos;
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  layout.units.push_back(wholeFile(history, file, text));
  forEachLine(text, [&](Range line) {
    if (notesRevision(trim(slice(text, line))))
      layout.masks.push_back({line, ""});
  });
  return layout;
}

constexpr Format alembic_format{.name = "alembic",
                                .model = ExecutionModel::autocommit,
                                .mark = mark,
                                .list = list,
                                .layout = layout};

} // namespace lockstep::history
