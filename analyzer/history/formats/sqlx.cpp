#include "base/text.hpp"
#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

namespace lockstep::history {

// sqlx-core/src/migrate/source.rs: <i64>_<description>.sql, .up.sql or .down.sql; other names and
// subfolders are left out. A text that starts with exactly "-- no-transaction" is sent without a
// transaction, in one message.

static constexpr std::string_view no_transaction = "-- no-transaction";

static std::optional<NamedFile> nameOf(std::string_view stem) {
  if (std::optional<NamedFile> directed = directedName(stem))
    return directed;
  return versionAndName(stem);
}

static std::optional<Evidence> detect(const Folder &folder) {
  std::string_view first = firstNamed(folder, nameOf);
  if (first.empty())
    return std::nullopt;
  for (const Folder::Sample &sample : folder.samples())
    if (sample.text.starts_with(no_transaction))
      return Evidence{format("{} in {}", no_transaction, sample.file), Evidence::content};
  if (auto project = folder.projectFile("Cargo.toml", "sqlx"))
    return Evidence{format("{} and {}", first, project.path), Evidence::names_and_project};
  return std::nullopt;
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, nameOf));
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Unit &unit = layout.units.emplace_back(wholeFile(history, file, text));
  if (text.starts_with(no_transaction)) {
    unit.model = ExecutionModel::implicit;
    unit.model_reason = no_transaction;
    return layout;
  }
  forEachLine(text, [&](Range line) {
    std::string_view content = slice(text, line);
    if (content.starts_with("\xEF\xBB\xBF"))
      content.remove_prefix(3);
    std::optional<std::string_view> comment = lineComment(trim(content));
    if (comment && (equalsIgnoringCase(*comment, "no-transaction") ||
                    equalsIgnoringCase(*comment, "no transaction")))
      layout.problems.push_back({line,
                                 "sqlx does not see this directive: the file runs in a "
                                 "transaction",
                                 "the file must start with exactly '-- no-transaction', without a "
                                 "byte order mark or blank line before it"});
  });
  return layout;
}

constexpr Format sqlx_format{
    .name = "sqlx",
    .detect = detect,
    .list = list,
    .layout = layout,
    .conduct = {.same_version = "records only the version: the second one fails or never runs",
                .overtaken = "runs it all the same, in another order than on a new database",
                .runs_overtaken = true,
                .changed = "refuses to run any: the checksum is another"},
    .downs = Downs::optional};

} // namespace lockstep::history
