#include "history/formats/all.hpp"
#include "history/reading/scan.hpp"
#include "history/reading/versioned_folders.hpp"

namespace lockstep::history {

// migrations/<version>_<name>/up.sql, down.sql and metadata.toml, whose run_in_transaction = false
// sends the file without a transaction, in one message.

static std::optional<Evidence> detect(const Folder &folder) {
  std::string first = subfolderWith(folder, "up.sql");
  if (first.empty())
    return std::nullopt;
  std::string found = first + "/up.sql";
  for (std::string_view project : {"diesel.toml", "Cargo.toml"}) {
    auto file = folder.projectFile(project, project == "diesel.toml" ? "" : "diesel");
    if (file)
      return Evidence{format("{} and {}", found, file.path), Evidence::marker};
  }
  return Evidence{found, Evidence::names};
}

static void list(const Folder &folder, History &history) {
  history.migrations = folderMigrations(folder, "up.sql", "down.sql");
  for (Migration &migration : history.migrations) {
    Folder step = folder.child(migration.version == migration.name
                                   ? migration.version
                                   : migration.version + '_' + migration.name);
    if (!step.has("metadata.toml") ||
        configValue(step.read("metadata.toml"), "run_in_transaction") != "false")
      continue;
    for (MigrationFile &file : migration.files) {
      file.model = ExecutionModel::implicit;
      file.model_reason = "run_in_transaction = false in metadata.toml";
    }
  }
}

constexpr Format diesel_format{
    .name = "diesel",
    .detect = detect,
    .list = list,
    .conduct = {.same_version = "records only the version: the second one fails or never runs",
                .overtaken = "runs it all the same, in another order than on a new database",
                .runs_overtaken = true},
    .downs = Downs::usual};

} // namespace lockstep::history
