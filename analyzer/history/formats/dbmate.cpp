#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

namespace lockstep::history {

// pkg/dbmate/migration.go: ^--\s*migrate:up(\s*$|\s+\S+), files ^(\d+).*\.sql$. A section without a
// transaction is sent to the server whole, in one message.

/// What follows the directive on its line: its options.
static std::optional<std::string_view> directiveOf(std::string_view line, std::string_view word) {
  std::optional<std::string_view> comment = lineComment(line);
  return comment ? afterWord(*comment, word) : std::nullopt;
}

static std::string_view mark(std::string_view text) {
  return findComment(
      text, [](std::string_view line) { return directiveOf(line, "migrate:up").has_value(); });
}

static std::optional<NamedFile> nameOf(std::string_view stem) {
  std::string_view digits = leadingDigits(stem);
  if (digits.empty())
    return std::nullopt;
  NamedFile file;
  file.version = digits;
  std::string_view rest = stem.substr(digits.size());
  file.name = rest.starts_with('_') ? rest.substr(1) : rest;
  return file;
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, nameOf));
}

/// What dbmate says of a file whose blocks are not as it wants them.
static void refuse(FileLayout &layout) {
  auto problem = [&](Range where, std::string message, std::string help) {
    layout.problems.push_back({where, std::move(message), std::move(help)});
  };
  if (!layout.has(Direction::up))
    problem({}, "dbmate refuses a file without '-- migrate:up'", "begin the file with it");
  else if (!layout.has(Direction::down))
    problem({}, "dbmate refuses a file without '-- migrate:down'",
            "add the line, with nothing behind it where there is nothing to take back");
  else if (layout.units.front().direction == Direction::down)
    problem(layout.masks.front().range, "dbmate refuses '-- migrate:down' before '-- migrate:up'",
            "put the up block first");
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  Sections sections(text, wholeFile(history, file, text));
  forEachLine(text, [&](Range line) {
    for (Direction direction : {Direction::up, Direction::down}) {
      std::string_view word = direction == Direction::up ? "migrate:up" : "migrate:down";
      std::optional<std::string_view> options = directiveOf(slice(text, line), word);
      if (!options)
        continue;
      sections.begin(line, direction);
      for (std::string_view option : split(*options, ' ')) {
        bool is_known = option == "transaction:false" || option == "transaction:true";
        if (!is_known && option.find("transaction") != option.npos)
          layout.problems.push_back({line, format("dbmate does not know the option '{}'", option),
                                     "write transaction:false, without blanks"});
        if (option != "transaction:false")
          continue;
        sections.current()->model = ExecutionModel::implicit;
        sections.current()->model_reason = "transaction:false";
      }
    }
  });
  sections.finish(layout);
  refuse(layout);
  if (sections.empty())
    layout.units.push_back(wholeFile(history, file, text));
  return layout;
}

constexpr Format dbmate_format{
    .name = "dbmate",
    .mark = mark,
    .list = list,
    .layout = layout,
    .conduct = {.same_version = "records only the version: the second one fails or never runs",
                .overtaken = "runs it all the same, in another order than on a new database",
                .runs_overtaken = true},
    .downs = Downs::usual};

} // namespace lockstep::history
