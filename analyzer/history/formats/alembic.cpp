#include "history/formats/all.hpp"
#include "history/formats/names.hpp"

namespace lockstep {

// What "alembic upgrade a:b --sql" prints: the revisions one after another, with BEGIN and COMMIT
// where the server will see them.

static std::string_view mark(std::string_view text) {
  return findLine(text,
                  [](std::string_view line) { return line.starts_with("-- Running upgrade"); });
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, wholeStem));
}

constexpr Format alembic_format{
    .name = "alembic", .model = ExecutionModel::autocommit, .mark = mark, .list = list};

} // namespace lockstep
