#include "history/formats/all.hpp"
#include "history/reading/names.hpp"
#include "history/reading/versioned_folders.hpp"

namespace lockstep::history {

// migrations/[<database>/]<milliseconds>_<name>/up.sql and down.sql, beside or below a config.yaml;
// each up.sql is one run_sql call in a transaction, without a way out.

static std::optional<Evidence> detect(const Folder &folder) {
  std::string first = subfolderWith(folder, "up.sql");
  if (first.empty())
    return std::nullopt;
  std::string found = first + "/up.sql";
  Folder above = folder.parent();
  for (int level = 0; level < 2; ++level, above = above.parent())
    if (above.has("config.yaml") &&
        (above.hasFolder("metadata") ||
         above.read("config.yaml").find("metadata_directory") != std::string::npos))
      return Evidence{format("{} and {}", found, above.pathOf("config.yaml")), Evidence::marker};
  above = folder;
  for (int level = 0; level < 3; ++level, above = above.parent())
    if (above.name() == "hasura" || above.name() == "nhost")
      return Evidence{format("{} in {}", found, above.path()), Evidence::names_and_project};
  // Milliseconds since 1970 have 13 digits.
  if (leadingDigits(first).size() == 13)
    return Evidence{found, Evidence::names_and_project};
  return std::nullopt;
}

static void list(const Folder &folder, History &history) {
  history.migrations = folderMigrations(folder, "up.sql", "down.sql");
}

constexpr Format hasura_format{
    .name = "hasura",
    .detect = detect,
    .list = list,
    .conduct = {.same_version = "records only the version: the second one fails or never runs",
                .overtaken = "runs it all the same, in another order than on a new database",
                .runs_overtaken = true},
    .downs = Downs::usual};

} // namespace lockstep::history
