#include "history/formats/all.hpp"
#include "history/reading/names.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>
#include <array>

namespace lockstep::history {

// What "manage.py sqlmigrate" prints: BEGIN and COMMIT where the migration is atomic, and before
// each operation its description between two lines of "--". A RunSQL of one string goes to the
// server in one message, however many statements it has; a list's go one by one, and look the same.

static std::string_view mark(std::string_view text) {
  static constexpr std::array<std::string_view, 8> operations = {
      "-- Add field ",    "-- Alter field ",  "-- Create model ",        "-- Delete model ",
      "-- Remove field ", "-- Rename field ", "-- Raw Python operation", "-- Raw SQL operation"};
  bool after_rule = false;
  return findLine(text, [&](std::string_view line) {
    bool is_operation = std::any_of(operations.begin(), operations.end(),
                                    [&](std::string_view o) { return line.starts_with(o); });
    bool found = after_rule && is_operation;
    after_rule = line == "--";
    return found;
  });
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(namedFiles(folder, wholeStem));
}

/// Whether Django opens a transaction around the migration.
static bool isAtomic(std::string_view text) {
  Lexer lexer(text);
  Token token = lexer.next();
  while (token.isComment())
    token = lexer.next();
  return token.kind == TokenKind::word && equalsIgnoringCase(slice(text, token.range()), "BEGIN");
}

/// What each RunSQL prints, where that is several statements.
static std::vector<Range> rawMessages(std::string_view text) {
  std::vector<Range> messages;
  std::optional<uint32_t> begin;
  auto end = [&](uint32_t offset) {
    if (begin && !holdsOneStatement(text.substr(*begin, offset - *begin)))
      messages.push_back({*begin, offset});
    begin.reset();
  };
  Range rule;
  std::string_view description;
  forEachLine(text, [&](Range line) {
    std::string_view content = slice(text, line);
    if (content == "--" && !description.empty()) {
      end(rule.begin);
      if (description == "-- Raw SQL operation")
        begin = line.end;
      description = {};
    } else if (content == "--") {
      rule = line;
    } else {
      description = rule.end > 0 && nextLine(text, rule.end) == line.begin ? content : "";
    }
  });
  end(static_cast<uint32_t>(text.size()));
  return messages;
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  layout.units.push_back(wholeFile(history, file, text));
  if (!isAtomic(text))
    layout.messages = rawMessages(text);
  return layout;
}

constexpr Format django_format{.name = "django",
                               .model = ExecutionModel::autocommit,
                               .mark = mark,
                               .list = list,
                               .layout = layout};

} // namespace lockstep::history
