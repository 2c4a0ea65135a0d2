#include "history/formats/all.hpp"
#include "history/reading/names.hpp"
#include "history/reading/psql_input.hpp"

namespace lockstep::history {

// Scripts that psql runs, each in a session of its own, in the numeric-aware order of their names.
// Never detected: the configuration or --framework says so.

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, wholeStem));
  addIncludedFiles(folder, history);
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  layout.units.push_back(wholeFile(history, file, text));
  maskPsqlInput(file, text, PsqlVariables::yes, layout);
  return layout;
}

constexpr Format psql_format{.name = "psql",
                             .model = ExecutionModel::autocommit,
                             .session_per_file = true,
                             .list = list,
                             .layout = layout};

} // namespace lockstep::history
