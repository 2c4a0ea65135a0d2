#include "history/formats/all.hpp"
#include "history/reading/names.hpp"
#include "history/reading/placeholders.hpp"

namespace lockstep::history {

// committed/NNNNNN[-message].sql in order, then current.sql or current/*.sql. "--! no-transaction"
// counts on the first line only, behind the header, and needs a file of one statement.

static std::optional<Evidence> detect(const Folder &folder) {
  if (!folder.hasFolder("committed"))
    return std::nullopt;
  for (std::string_view name : {".gmrc", ".gmrc.js", ".gmrc.cjs"})
    if (folder.parent().has(name))
      return Evidence{folder.parent().pathOf(name), Evidence::marker};
  std::optional<Evidence> header =
      markedEvidence(folder.child("committed"), [](std::string_view text) {
        return findLine(text, [](std::string_view line) { return line.starts_with("--! "); });
      });
  if (header)
    header->strength = Evidence::marker;
  return header;
}

static void list(const Folder &folder, History &history) {
  history.migrations =
      groupByVersion(namedFiles(folder.child("committed"), [](std::string_view stem) {
        std::optional<NamedFile> file = versionAndName(stem, '-');
        if (!file && leadingDigits(stem).size() == stem.size())
          file = NamedFile{std::string(stem), "", std::nullopt, ""};
        return file;
      }));
  Migration current;
  current.version = current.name = "current";
  current.repeatable = true;
  if (folder.has("current.sql"))
    current.files.push_back({.path = folder.pathOf("current.sql")});
  if (folder.hasFolder("current")) {
    const Folder parts = folder.child("current");
    for (const std::string &file : parts.files())
      if (sqlStem(file))
        current.files.push_back({.path = parts.pathOf(file)});
  }
  if (!current.files.empty())
    history.migrations.push_back(std::move(current));
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Unit &unit = layout.units.emplace_back(wholeFile(history, file, text));
  bool in_header = true; // "--! Previous:" and the like, and the blank line behind them.
  bool is_first = true;
  forEachLine(text, [&](Range line) {
    std::string_view content = trim(slice(text, line));
    if (afterWord(content, "--! no-transaction")) {
      if (is_first) {
        unit.model = ExecutionModel::implicit;
        unit.model_reason = "--! no-transaction";
      } else {
        layout.problems.push_back({line,
                                   "graphile-migrate does not see this directive: the file "
                                   "runs in a transaction",
                                   "put it on the first line of the migration"});
      }
    }
    in_header =
        in_header && (content.empty() || content.starts_with("--! Previous:") ||
                      content.starts_with("--! Hash:") || content.starts_with("--! Message:") ||
                      content.starts_with("--! AllowInvalidHash"));
    is_first = is_first && in_header;
  });
  maskPsqlVariables(text, layout);
  return layout;
}

constexpr Format graphile_migrate_format{
    .name = "graphile-migrate",
    .detect = detect,
    .list = list,
    .layout = layout,
    .conduct = {.changed = "refuses to run any: the hash is another"}};

} // namespace lockstep::history
