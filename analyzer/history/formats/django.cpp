#include "history/formats/all.hpp"
#include "history/formats/names.hpp"

#include <algorithm>
#include <array>

namespace lockstep {

// What "manage.py sqlmigrate" prints: BEGIN and COMMIT where the migration is atomic, and before
// each operation its description between two lines of "--".

static std::string_view mark(std::string_view text) {
  static constexpr std::array<std::string_view, 8> operations = {
      "-- Add field ",    "-- Alter field ",  "-- Create model ",        "-- Delete model ",
      "-- Remove field ", "-- Rename field ", "-- Raw Python operation", "-- Raw SQL operation"};
  bool after_rule = false;
  return findLine(text, [&](std::string_view line) {
    bool is_operation = std::any_of(operations.begin(), operations.end(),
                                    [&](std::string_view o) { return line.starts_with(o); });
    bool found = after_rule && is_operation;
    after_rule = line == "--";
    return found;
  });
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, wholeStem));
}

constexpr Format django_format{
    .name = "django", .model = ExecutionModel::autocommit, .mark = mark, .list = list};

} // namespace lockstep
