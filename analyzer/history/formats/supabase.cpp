#include "history/formats/all.hpp"
#include "history/formats/names.hpp"

namespace lockstep {

// supabase/migrations/<digits>_<name>.sql beside supabase/config.toml; sent as a pipeline together
// with the row of the migrations' table (pkg/migration/file.go).

static std::optional<Evidence> detect(const Folder &folder) {
  if (folder.name() != "migrations")
    return std::nullopt;
  Folder project = folder.parent();
  if (project.has("config.toml") &&
      (project.name() == "supabase" ||
       project.read("config.toml").find("[auth]") != std::string::npos))
    return Evidence{project.pathOf("config.toml"), Evidence::marker};
  if (project.name() != "supabase")
    return std::nullopt;
  std::string_view first =
      firstNamed(folder, [](std::string_view stem) { return versionAndName(stem); });
  if (first.empty())
    return std::nullopt;
  return Evidence{"supabase/migrations/" + std::string(first), Evidence::names_and_project};
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(
      namedFiles(folder, [](std::string_view stem) { return versionAndName(stem); }));
}

constexpr Format supabase_format{
    .name = "supabase",
    .model = ExecutionModel::pipeline,
    .detect = detect,
    .list = list,
    .conduct = {.same_version = "records only the version: the second one fails or never runs",
                .overtaken = "refuses to push, unless told --include-all"}};

} // namespace lockstep
