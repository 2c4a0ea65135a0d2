#include "history/formats/all.hpp"
#include "history/reading/names.hpp"
#include "history/reading/versioned_folders.hpp"

namespace lockstep::history {

// Up to 0.x: <number>_<tag>.sql in the order of meta/_journal.json; 1.x: a folder each with
// migration.sql and snapshot.json. All pending files run in one transaction, without a way out.

static constexpr std::string_view journal = "_journal.json";
static constexpr std::string_view breakpoint = "--> statement-breakpoint";

static std::string_view mark(std::string_view text) {
  return text.find(breakpoint) == std::string_view::npos ? std::string_view() : breakpoint;
}

static std::optional<Evidence> detect(const Folder &folder) {
  if (folder.hasFolder("meta") && folder.child("meta").has(journal))
    return Evidence{"meta/_journal.json", Evidence::marker};
  std::string first = subfolderWith(folder, "migration.sql");
  if (!first.empty() && folder.child(first).has("snapshot.json"))
    return Evidence{first + "/snapshot.json", Evidence::marker};
  return markedEvidence(folder, mark);
}

/// The strings that follow `"key":` in a JSON text, in order.
static std::vector<std::string> jsonStrings(std::string_view json, std::string_view key) {
  std::vector<std::string> values;
  std::string quoted = '"' + std::string(key) + '"';
  for (size_t at = json.find(quoted); at != std::string_view::npos; at = json.find(quoted, at)) {
    at += quoted.size();
    std::string_view rest = trim(json.substr(at));
    if (!rest.starts_with(':'))
      continue;
    rest = trim(rest.substr(1));
    if (rest.starts_with('"'))
      values.emplace_back(rest.substr(1, rest.find('"', 1) - 1));
  }
  return values;
}

static void list(const Folder &folder, History &history) {
  if (!folder.hasFolder("meta") || !folder.child("meta").has(journal)) {
    history.migrations = folderMigrations(folder, "migration.sql", "");
    if (history.migrations.empty())
      history.migrations = groupByVersion(
          namedFiles(folder, [](std::string_view stem) { return versionAndName(stem); }));
    return;
  }
  std::string text = folder.child("meta").read(journal);
  std::vector<std::string> dialects = jsonStrings(text, "dialect");
  if (!dialects.empty() && dialects.front() != "postgresql" && dialects.front() != "pg") {
    history.notices.push_back(
        {"skipped",
         format("{} is for {}, not PostgreSQL", history.path, dialects.front()),
         history.path,
         {}});
    return;
  }
  for (const std::string &tag : jsonStrings(text, "tag")) {
    if (!folder.has(tag + ".sql")) {
      history.notices.push_back({"missing-file",
                                 format("{} lists {}, which is not there",
                                        folder.child("meta").pathOf(journal), tag + ".sql"),
                                 history.path,
                                 {}});
      continue;
    }
    NamedFile named = versionAndName(tag).value_or(NamedFile{tag, tag, std::nullopt, ""});
    Migration &migration = history.migrations.emplace_back();
    migration.version = named.version;
    migration.name = named.name;
    migration.files.push_back({.path = folder.pathOf(tag + ".sql")});
  }
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  layout.units.push_back(wholeFile(history, file, text));
  // Where the file is split, with or without a semicolon before it.
  for (size_t at = text.find(breakpoint); at != std::string_view::npos;
       at = text.find(breakpoint, at + breakpoint.size()))
    layout.masks.push_back(
        separator({static_cast<uint32_t>(at), static_cast<uint32_t>(at + breakpoint.size())}));
  return layout;
}

constexpr Format drizzle_format{
    .name = "drizzle",
    .model = ExecutionModel::tx_all,
    .mark = mark,
    .detect = detect,
    .list = list,
    .layout = layout,
    .conduct = {.overtaken = "never runs it where the later one has run"}};

} // namespace lockstep::history
