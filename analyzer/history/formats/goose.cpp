#include "history/formats/all.hpp"
#include "history/reading/names.hpp"
#include "history/reading/placeholders.hpp"

namespace lockstep::history {

// internal/sqlparser/parser.go: directives are lines that begin with "--" and hold "+goose"; case
// does not matter. Statements end where the last word of a line ends with a semicolon, unless they
// stand between StatementBegin and StatementEnd.

static std::optional<std::string_view> directiveOf(std::string_view line) {
  std::optional<std::string_view> comment = lineComment(line);
  return comment ? afterWord(*comment, "+goose") : std::nullopt;
}

static std::string_view mark(std::string_view text) {
  return findComment(text, [](std::string_view line) { return directiveOf(line).has_value(); });
}

static std::optional<NamedFile> nameOf(std::string_view stem) {
  std::optional<NamedFile> file = versionAndName(stem);
  // Versions start at 1 (NumericComponent, migrate.go).
  if (file && file->version.find_first_not_of('0') == std::string::npos)
    return std::nullopt;
  return file;
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, nameOf));
  std::vector<std::string> unread;
  for (const std::string &file : folder.files())
    if (file.ends_with(".go") && !file.ends_with("_test.go") && versionAndName(file))
      unread.push_back(file);
  if (!unread.empty())
    history.notices.push_back(
        {"unread",
         format("migrations written in Go are not read: {}", join(unread, ", ")),
         history.path,
         {}});
}

/// What goose's splitter makes of the text.
static void findSplitProblems(std::string_view text, const std::vector<Range> &blocks,
                              FileLayout &layout) {
  for (Range body : cutBodies(text, blocks))
    layout.problems.push_back(
        {body, "goose cuts this body at its first line that ends with a semicolon",
         "put the statement between -- +goose StatementBegin and -- +goose StatementEnd"});
  for (const Unit &unit : layout.units)
    if (std::optional<Range> last = unfinishedStatement(text, unit.section, blocks))
      layout.problems.push_back(
          {*last, "goose refuses a statement that no semicolon ends", "end it with a semicolon"});
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Sections sections(text, wholeFile(history, file, text));
  std::vector<Range> blocks;
  std::vector<Range> substituted;
  bool no_transaction = false;
  forEachLine(text, [&](Range line) {
    std::optional<std::string_view> directive = directiveOf(slice(text, line));
    if (!directive)
      return;
    auto end = static_cast<uint32_t>(text.size());
    if (equalsIgnoringCase(*directive, "up"))
      sections.begin(line, Direction::up);
    else if (equalsIgnoringCase(*directive, "down"))
      sections.begin(line, Direction::down);
    else if (equalsIgnoringCase(*directive, "StatementBegin"))
      blocks.push_back({line.end, end});
    else if (equalsIgnoringCase(*directive, "StatementEnd") && !blocks.empty())
      blocks.back().end = line.begin;
    else if (equalsIgnoringCase(*directive, "NO TRANSACTION"))
      no_transaction = true;
    else if (equalsIgnoringCase(*directive, "ENVSUB ON"))
      substituted.push_back({line.end, end});
    else if (equalsIgnoringCase(*directive, "ENVSUB OFF") && !substituted.empty())
      substituted.back().end = line.begin;
    else
      layout.problems.push_back({line, format("goose does not know the directive '{}'", *directive),
                                 "the directives are Up, Down, StatementBegin, StatementEnd, NO "
                                 "TRANSACTION and ENVSUB ON or OFF"});
  });
  if (sections.empty())
    layout.units.push_back(wholeFile(history, file, text));
  sections.finish(layout);
  for (Unit &unit : layout.units) {
    if (!no_transaction)
      continue;
    unit.model = ExecutionModel::autocommit;
    unit.model_reason = "-- +goose NO TRANSACTION";
  }
  for (Range range : substituted)
    maskPlaceholders(text, findShellVariables(text, range), layout);
  findSplitProblems(text, blocks, layout);
  return layout;
}

constexpr Format goose_format{
    .name = "goose",
    .mark = mark,
    .list = list,
    .layout = layout,
    .conduct = {.same_version = "refuses the folder",
                .overtaken = "refuses to run any, unless told -allow-missing"},
    .downs = Downs::usual};

} // namespace lockstep::history
