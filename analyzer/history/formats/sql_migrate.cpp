#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

namespace lockstep::history {

// rubenv/sql-migrate, sqlparse/sqlparse.go: "-- +migrate Up [notransaction]"; it splits the file
// itself and sends one statement at a time. Files run in the order of the number that their names
// begin with, then by name (migrate.go, Migration.Less).

/// What follows "-- +migrate ", which must be spelt exactly so.
static std::optional<std::string_view> directiveOf(std::string_view line) {
  constexpr std::string_view prefix = "-- +migrate ";
  if (!line.starts_with(prefix))
    return std::nullopt;
  return trim(line.substr(prefix.size()));
}

static std::string_view mark(std::string_view text) {
  return findComment(text, [](std::string_view line) { return directiveOf(line).has_value(); });
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, wholeStem));
}

namespace {
/// Reads one file line by line.
class Reader {
public:
  Reader(std::string_view text, Unit unit) : text_(text), sections_(text, std::move(unit)) {}

  void line(Range range);
  FileLayout finish();

private:
  void section(Range range, Direction direction, std::string_view options);
  void unknown(Range range, std::string_view words) {
    layout_.problems.push_back({range, format("sql-migrate does not know '{}'", words),
                                "the directives are Up, Down, StatementBegin and StatementEnd, "
                                "spelt so; Up and Down take the option notransaction"});
  }

  std::string_view text_;
  Sections sections_;
  std::vector<Range> blocks_;
  FileLayout layout_;
};
} // namespace

void Reader::section(Range range, Direction direction, std::string_view options) {
  sections_.begin(range, direction);
  for (std::string_view option : split(options, ' ')) {
    if (option == "notransaction") {
      sections_.current()->model = ExecutionModel::autocommit;
      sections_.current()->model_reason = "notransaction";
    } else if (!option.empty()) {
      unknown(range, option);
    }
  }
}

void Reader::line(Range range) {
  std::string_view content = slice(text_, range);
  std::optional<std::string_view> directive = directiveOf(content);
  if (!directive) {
    std::optional<std::string_view> comment = lineComment(content);
    if (comment && afterWord(*comment, "+migrate"))
      unknown(range, content);
    return;
  }
  std::string_view word = directive->substr(0, directive->find_first_of(" \t"));
  if (word == "Up")
    section(range, Direction::up, directive->substr(word.size()));
  else if (word == "Down")
    section(range, Direction::down, directive->substr(word.size()));
  else if (word == "StatementBegin")
    blocks_.push_back({range.end, static_cast<uint32_t>(text_.size())});
  else if (word == "StatementEnd" && !blocks_.empty())
    blocks_.back().end = range.begin;
  else
    unknown(range, *directive);
}

FileLayout Reader::finish() {
  sections_.finish(layout_);
  for (Range body : cutBodies(text_, blocks_))
    layout_.problems.push_back(
        {body, "sql-migrate cuts this body at its first line that ends with a semicolon",
         "put the statement between -- +migrate StatementBegin and -- +migrate StatementEnd"});
  for (const Unit &unit : layout_.units)
    if (std::optional<Range> last = unfinishedStatement(text_, unit.section, blocks_))
      layout_.problems.push_back({*last, "sql-migrate refuses a statement that no semicolon ends",
                                  "end it with a semicolon"});
  return std::move(layout_);
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  Reader reader(text, wholeFile(history, file, text));
  forEachLine(text, [&](Range line) { reader.line(line); });
  FileLayout layout = reader.finish();
  if (layout.units.empty())
    layout.problems.push_back(
        {{}, "sql-migrate refuses a file without '-- +migrate Up'", "begin the file with it"});
  return layout;
}

constexpr Format sql_migrate_format{
    .name = "sql-migrate",
    .mark = mark,
    .list = list,
    .layout = layout,
    .conduct = {.overtaken = "runs it all the same, in another order than on a new database",
                .runs_overtaken = true},
    .downs = Downs::usual};

} // namespace lockstep::history
