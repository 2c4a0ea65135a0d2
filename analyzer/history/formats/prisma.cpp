#include "history/formats/all.hpp"
#include "history/reading/package_json.hpp"
#include "history/reading/scan.hpp"
#include "history/reading/versioned_folders.hpp"

#include <algorithm>

namespace lockstep::history {

// prisma/migrations/<14 digits>_<name>/migration.sql, in the byte order of the folders' names. The
// whole file is one message; from 7.4 on, a file with CONCURRENTLY is sent statement by statement.

static std::optional<Evidence> detect(const Folder &folder) {
  if (folder.has("migration_lock.toml"))
    return Evidence{"migration_lock.toml", Evidence::marker};
  std::string first = subfolderWith(folder, "migration.sql");
  if (first.empty() || folder.child(first).has("snapshot.json"))
    return std::nullopt;
  return Evidence{first + "/migration.sql", Evidence::names};
}

static void list(const Folder &folder, History &history) {
  if (folder.has("migration_lock.toml")) {
    std::string_view provider;
    std::string lock = folder.read("migration_lock.toml");
    provider = configValue(lock, "provider");
    if (!provider.empty() && provider != "postgresql" && provider != "cockroachdb") {
      history.notices.push_back({"skipped",
                                 format("{} is for {}, not PostgreSQL", history.path, provider),
                                 history.path,
                                 {}});
      return;
    }
  }
  history.migrations = folderMigrations(folder, "migration.sql", "");
  std::stable_sort(history.migrations.begin(), history.migrations.end(),
                   [](const Migration &a, const Migration &b) {
                     return a.files.front().path < b.files.front().path;
                   });
  if (packageVersion(folder, "prisma") >= 7004)
    history.settings.emplace_back("splits-concurrently", "true");
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Unit &unit = layout.units.emplace_back(wholeFile(history, file, text));
  if (history.setting("splits-concurrently") == "true" &&
      text.find("CONCURRENTLY") != std::string_view::npos) {
    unit.model = ExecutionModel::autocommit;
    unit.model_reason = "Prisma 7.4 and later send a file with CONCURRENTLY statement by statement";
  }
  return layout;
}

constexpr Format prisma_format{
    .name = "prisma",
    .model = ExecutionModel::implicit,
    .detect = detect,
    .list = list,
    .layout = layout,
    .conduct = {.overtaken = "runs it all the same, in another order than on a new database",
                .runs_overtaken = true,
                .changed =
                    "does not run it again, and `prisma migrate dev` wants to reset the database"}};

} // namespace lockstep::history
