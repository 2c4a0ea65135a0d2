#include "history/formats/all.hpp"
#include "history/formats/names.hpp"

namespace lockstep {

// pkg/dbmate/migration.go: ^--\s*migrate:up(\s*$|\s+\S+), files ^(\d+).*\.sql$. A section without a
// transaction is sent to the server whole, in one message.

/// What follows the directive on its line: its options.
static std::optional<std::string_view> directiveOf(std::string_view line, std::string_view word) {
  std::optional<std::string_view> comment = lineComment(line);
  return comment ? afterWord(*comment, word) : std::nullopt;
}

static std::string_view mark(std::string_view text) {
  return findLine(
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
        if (option != "transaction:false")
          continue;
        sections.current()->model = ExecutionModel::implicit;
        sections.current()->model_reason = "transaction:false";
      }
    }
  });
  if (sections.empty())
    layout.units.push_back(wholeFile(history, file, text));
  sections.finish(layout);
  return layout;
}

constexpr Format dbmate_format{.name = "dbmate", .mark = mark, .list = list, .layout = layout};

} // namespace lockstep
