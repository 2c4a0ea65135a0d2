#include "base/path.hpp"
#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

#include <algorithm>

namespace lockstep::history {

// <14 digits>_<name>.sql beside atlas.sum. Directives stand at the top, parted from the statements
// by a blank line: txmode, delimiter, checkpoint. A txtar file has sections "-- checks.sql --" and
// "-- migration.sql --". Folders in another tool's format have an atlas.sum, too: that tool's own
// marks count for more.

static std::string_view mark(std::string_view text) {
  return findComment(text, [](std::string_view line) {
    return line.starts_with("-- atlas:") && !line.starts_with("-- atlas:nolint");
  });
}

static std::optional<Evidence> detect(const Folder &folder) {
  bool has_sum = folder.has("atlas.sum");
  std::optional<Evidence> directive = markedEvidence(folder, mark);
  if (!has_sum)
    return directive;
  // Of the tools that Atlas can imitate, those with names of their own.
  bool is_foreign =
      std::any_of(folder.files().begin(), folder.files().end(), [](const std::string &file) {
        std::optional<std::string_view> stem = sqlStem(file);
        return stem && (directedName(*stem) ||
                        (file.starts_with("V") && stem->find("__") != std::string_view::npos));
      });
  return Evidence{"atlas.sum", is_foreign ? Evidence::names : Evidence::names_and_project};
}

static std::optional<NamedFile> nameOf(std::string_view stem) {
  if (std::optional<NamedFile> file = versionAndName(stem))
    return file;
  if (leadingDigits(stem).size() == stem.size())
    return NamedFile{std::string(stem), "", std::nullopt, ""};
  return std::nullopt;
}

/// The directives at the top of the file: "txmode none".
static std::vector<std::pair<Range, std::string_view>> directivesOf(std::string_view text) {
  std::vector<std::pair<Range, std::string_view>> head;
  bool inside = true;
  forEachLine(text, [&](Range line) {
    std::string_view content = slice(text, line);
    inside = inside && content.starts_with("--");
    if (inside && content.starts_with("-- atlas:"))
      head.emplace_back(line, trim(content.substr(9)));
  });
  return head;
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, nameOf));
  // A checkpoint stands for all files before it.
  auto isCheckpoint = [&](const Migration &migration) {
    std::string text = folder.read(fileName(migration.files.front().path));
    auto head = directivesOf(text);
    return std::any_of(head.begin(), head.end(),
                       [](const auto &entry) { return entry.second.starts_with("checkpoint"); });
  };
  auto last = std::find_if(history.migrations.rbegin(), history.migrations.rend(), isCheckpoint);
  if (last != history.migrations.rend())
    history.migrations.erase(history.migrations.begin(), std::prev(last.base()));
}

/// Turns the delimiter of "-- atlas:delimiter" into the semicolon that SQL has.
static void maskDelimiter(std::string_view text, std::string_view directive, FileLayout &layout) {
  std::string delimiter;
  for (size_t at = 0; at < directive.size(); ++at) {
    bool is_escape = directive[at] == '\\' && at + 1 < directive.size();
    char c = is_escape ? directive[++at] : directive[at];
    delimiter += is_escape && c == 'n' ? '\n' : is_escape && c == 't' ? '\t' : c;
  }
  if (delimiter.empty() || delimiter == ";")
    return;
  size_t head = text.find(directive);
  for (size_t at = text.find(delimiter, head + directive.size()); at != std::string_view::npos;
       at = text.find(delimiter, at + delimiter.size()))
    layout.masks.push_back(
        separator({static_cast<uint32_t>(at), static_cast<uint32_t>(at + delimiter.size())}));
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Unit &unit = layout.units.emplace_back(wholeFile(history, file, text));
  for (const auto &[line, directive] : directivesOf(text)) {
    if (directive == "txmode none") {
      unit.model = ExecutionModel::autocommit;
      unit.model_reason = "-- atlas:txmode none";
    } else if (directive == "txmode all") {
      unit.model = ExecutionModel::tx_all;
      unit.model_reason = "-- atlas:txmode all";
    } else if (std::optional<std::string_view> rest = afterWord(directive, "delimiter")) {
      maskDelimiter(text, *rest, layout);
    }
  }
  bool is_txtar = text.starts_with("-- atlas:txtar");
  bool seen_migration = false;
  forEachLine(text, [&](Range line) {
    std::string_view content = slice(text, line);
    bool is_section = is_txtar && content.starts_with("-- ") && content.ends_with(".sql --");
    if (is_section && content == "-- migration.sql --") {
      unit.section.begin = line.end;
      seen_migration = true;
    } else if (is_section && seen_migration && unit.section.end == text.size()) {
      unit.section.end = line.begin;
    } else if (line.begin > 0 && content.starts_with("-- atlas:txmode") &&
               unit.model_reason.empty()) {
      layout.problems.push_back({line, "atlas does not see this directive",
                                 "put it at the top of the file, followed by a blank line"});
    }
  });
  auto size = static_cast<uint32_t>(text.size());
  if (unit.section.begin > 0)
    layout.masks.push_back({{0, unit.section.begin}, ""});
  if (unit.section.end < size)
    layout.masks.push_back({{unit.section.end, size}, ""});
  return layout;
}

constexpr Format atlas_format{
    .name = "atlas",
    .detect = detect,
    .list = list,
    .layout = layout,
    .conduct = {.overtaken = "refuses to run any, unless told --exec-order",
                .changed = "refuses the folder until `atlas migrate hash`"},
    .downs = Downs::optional};

} // namespace lockstep::history
