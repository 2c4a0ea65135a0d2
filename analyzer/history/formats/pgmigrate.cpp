#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

namespace lockstep::history {

// yandex-pgmigrate: migrations/V<version>__<description>.sql beside migrations.yml; a description
// that begins with NONTRANSACTIONAL runs statement by statement.

static constexpr std::string_view non_transactional = "NONTRANSACTIONAL";

static std::optional<NamedFile> nameOf(std::string_view stem) {
  size_t gap = stem.find("__");
  if (!stem.starts_with('V') || gap == std::string_view::npos ||
      leadingDigits(stem.substr(1)).size() != gap - 1)
    return std::nullopt;
  NamedFile file;
  file.version = stem.substr(1, gap - 1);
  file.name = stem.substr(gap + 2);
  return file;
}

static std::optional<Evidence> detect(const Folder &folder) {
  if (!folder.parent().has("migrations.yml") || firstNamed(folder, nameOf).empty())
    return std::nullopt;
  return Evidence{folder.parent().pathOf("migrations.yml"), Evidence::marker};
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, nameOf));
  for (Migration &migration : history.migrations) {
    if (!migration.name.starts_with(non_transactional))
      continue;
    migration.files.front().model = ExecutionModel::autocommit;
    migration.files.front().model_reason = "NONTRANSACTIONAL in the file's name";
  }
}

constexpr Format pgmigrate_format{
    .name = "pgmigrate",
    .detect = detect,
    .list = list,
    .conduct = {.same_version = "refuses to run any",
                .overtaken = "never runs it where the later one has run"}};

} // namespace lockstep::history
