#include "history/formats/all.hpp"
#include "history/formats/names.hpp"
#include "history/formats/placeholders.hpp"
#include "sql/lexer.hpp"

namespace lockstep {

// internal/sqlparser/parser.go: directives are lines that begin with "--" and hold "+goose"; case
// does not matter. Statements end where the last word of a line ends with a semicolon, unless they
// stand between StatementBegin and StatementEnd.

static std::optional<std::string_view> directiveOf(std::string_view line) {
  std::optional<std::string_view> comment = lineComment(line);
  return comment ? afterWord(*comment, "+goose") : std::nullopt;
}

static std::string_view mark(std::string_view text) {
  return findLine(text, [](std::string_view line) { return directiveOf(line).has_value(); });
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

/// goose cuts a dollar-quoted body at its first line that ends with a semicolon.
static void findCutBodies(std::string_view text, const std::vector<Range> &blocks,
                          FileLayout &layout) {
  if (text.find('$') == std::string_view::npos)
    return;
  Lexer lexer(text);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    bool in_block = false;
    for (Range block : blocks)
      in_block = in_block || block.contains(token.begin);
    if (token.kind != TokenKind::dollar_string || in_block)
      continue;
    std::string_view body = slice(text, token.range());
    bool is_cut = false;
    forEachLine(body.substr(0, body.rfind('\n') + 1), [&](Range line) {
      std::string_view code = slice(body, line);
      is_cut = is_cut || trim(code.substr(0, code.find("--"))).ends_with(';');
    });
    if (is_cut)
      layout.problems.push_back(
          {token.range(), "goose cuts this body at its first line that ends with a semicolon",
           "put the statement between -- +goose StatementBegin and -- +goose StatementEnd"});
  }
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
  findCutBodies(text, blocks, layout);
  return layout;
}

constexpr Format goose_format{.name = "goose", .mark = mark, .list = list, .layout = layout};

} // namespace lockstep
