#include "base/text.hpp"
#include "history/formats/all.hpp"
#include "history/reading/names.hpp"
#include "history/reading/package_json.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>

namespace lockstep::history {

// supabase/migrations/<digits>_<name>.sql beside supabase/config.toml; sent as a pipeline together
// with the row of the migrations' table (pkg/migration/file.go). From 2.109 on, statements that no
// pipeline may hold are sent between pipelines; from 2.115 on, a file with transactions of its own
// or with a directive goes statement by statement.

static std::optional<Evidence> detect(const Folder &folder) {
  if (folder.name() != "migrations")
    return std::nullopt;
  Folder project = folder.parent();
  if (project.has("config.toml") &&
      (project.name() == "supabase" ||
       project.read("config.toml").find("[auth]") != std::string::npos))
    return Evidence{project.pathOf("config.toml"), Evidence::marker};
  if (project.name() != "supabase")
    return std::nullopt;
  std::string_view first =
      firstNamed(folder, [](std::string_view stem) { return versionAndName(stem); });
  if (first.empty())
    return std::nullopt;
  return Evidence{"supabase/migrations/" + std::string(first), Evidence::names_and_project};
}

static void list(const Folder &folder, History &history) {
  history.migrations = groupByVersion(
      namedFiles(folder, [](std::string_view stem) { return versionAndName(stem); }));
  // Most projects have the program from elsewhere, and then a new one.
  int version = packageVersion(folder, "supabase");
  if (version > 0 && history.setting("program").empty())
    history.settings.emplace_back(
        "program", format("{}.{}", std::to_string(version / 1000), std::to_string(version % 1000)));
}

static constexpr int first_that_splits = 2109;
static constexpr int first_with_directive = 2115;
static constexpr int first_to_drop_concurrently = 2116;

static int programVersion(const History &history) {
  const int version = versionNumber(history.setting("program"));
  return version > 0 ? version : std::numeric_limits<int>::max();
}

namespace {
/// A statement as the program sees it: its bytes with the semicolon, and the words that it judges
/// by.
struct Piece {
  static constexpr size_t words_kept = 4;

  Range range;
  std::vector<std::string_view> words; ///< The first that are not in parentheses.

  [[nodiscard]] bool begins(std::initializer_list<std::string_view> expected) const {
    return words.size() >= expected.size() &&
           std::equal(expected.begin(), expected.end(), words.begin(), equalsIgnoringCase);
  }
  /// Refused in a pipeline, so that it is sent alone.
  [[nodiscard]] bool standsAlone(int program) const;
  /// Begins or ends a transaction.
  [[nodiscard]] bool controlsTransaction() const;
};
} // namespace

bool Piece::standsAlone(int program) const {
  if (begins({"REINDEX"}))
    return std::any_of(words.begin(), words.end(), [](std::string_view word) {
      return equalsIgnoringCase(word, "CONCURRENTLY");
    });
  if (begins({"DROP", "INDEX", "CONCURRENTLY"}))
    return program >= first_to_drop_concurrently;
  return begins({"CREATE", "INDEX", "CONCURRENTLY"}) ||
         begins({"CREATE", "UNIQUE", "INDEX", "CONCURRENTLY"}) || begins({"VACUUM"}) ||
         begins({"ALTER", "SYSTEM"}) || begins({"CLUSTER"});
}

bool Piece::controlsTransaction() const {
  if (begins({"ROLLBACK"}))
    return !begins({"ROLLBACK", "TO"}) && !begins({"ROLLBACK", "WORK", "TO"}) &&
           !begins({"ROLLBACK", "TRANSACTION", "TO"});
  return begins({"BEGIN"}) || begins({"START", "TRANSACTION"}) || begins({"COMMIT"}) ||
         begins({"END"}) || begins({"ABORT"}) || begins({"PREPARE", "TRANSACTION"});
}

static std::vector<Piece> piecesOf(std::string_view text) {
  std::vector<Piece> pieces;
  Piece piece;
  std::string_view before; // The word before this one.
  int parentheses = 0;
  int bodies = 0; // Of BEGIN ATOMIC … END, and what else ends with END in there.
  Lexer lexer(text);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.isComment())
      continue;
    if (token.kind == TokenKind::semicolon && bodies == 0) {
      piece.range.end = token.end();
      pieces.push_back(std::move(piece));
      piece = Piece{{token.end(), token.end()}, {}};
      parentheses = 0;
      continue;
    }
    piece.range.end = token.end();
    if (token.kind == TokenKind::left_paren)
      ++parentheses;
    else if (token.kind == TokenKind::right_paren)
      --parentheses;
    if (token.kind != TokenKind::word)
      continue;
    std::string_view word = slice(text, token.range());
    const bool is_body = equalsIgnoringCase(word, "ATOMIC") && equalsIgnoringCase(before, "BEGIN");
    before = word;
    if (is_body || (bodies > 0 && equalsIgnoringCase(word, "CASE")))
      ++bodies;
    else if (bodies > 0 && equalsIgnoringCase(word, "END"))
      --bodies;
    if (parentheses == 0 && piece.words.size() < Piece::words_kept)
      piece.words.push_back(word);
  }
  if (!piece.range.empty())
    pieces.push_back(std::move(piece));
  std::erase_if(pieces, [](const Piece &one) { return one.words.empty(); });
  return pieces;
}

static FileLayout layout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  const int program = programVersion(history);
  const Unit whole = wholeFile(history, file, text);
  Unit &unit = layout.units.emplace_back(whole);
  if (program < first_that_splits || whole.model != ExecutionModel::pipeline)
    return layout;
  constexpr std::string_view directive = "-- pg-delta: transaction=false";
  std::string_view first_line = text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
  first_line = first_line.substr(0, endOfLine(first_line, 0));
  if (program >= first_with_directive && first_line == directive) {
    unit.model = ExecutionModel::autocommit;
    unit.model_reason = directive;
    return layout;
  }
  const std::vector<Piece> pieces = piecesOf(text);
  if (program >= first_with_directive &&
      std::any_of(pieces.begin(), pieces.end(),
                  [](const Piece &piece) { return piece.controlsTransaction(); })) {
    unit.model = ExecutionModel::autocommit;
    unit.model_reason = "the Supabase CLI sends a file with transactions of its own statement by "
                        "statement";
    return layout;
  }
  // A unit reaches up to the first statement of the next one and what is written above that.
  for (size_t i = 0; i < pieces.size(); ++i) {
    const bool alone = pieces[i].standsAlone(program);
    if (i > 0 && (alone || pieces[i - 1].standsAlone(program))) {
      layout.units.back().section.end = pieces[i].range.begin;
      Unit &next = layout.units.emplace_back(whole);
      next.section.begin = pieces[i].range.begin;
    }
    if (alone) {
      layout.units.back().model = ExecutionModel::autocommit;
      layout.units.back().model_reason = "the Supabase CLI sends this statement alone";
    }
  }
  return layout;
}

constexpr Format supabase_format{
    .name = "supabase",
    .model = ExecutionModel::pipeline,
    .detect = detect,
    .list = list,
    .layout = layout,
    .conduct = {.same_version = "records only the version: the second one fails or never runs",
                .overtaken = "refuses to push, unless told --include-all"}};

} // namespace lockstep::history
