// Our lexer cuts a text as PostgreSQL's scanner does: both read all SQL of the fixtures, and of the
// folders that LOCKSTEP_SQL names, separated by colons.
#include "sql/text/lexer.hpp"

#include "lexer/scan.h"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>

namespace fs = std::filesystem;
using namespace lockstep::sql;

static ScannedKind scannedKindOf(TokenKind kind) {
  switch (kind) {
  case TokenKind::word:
    return scanned_word;
  case TokenKind::quoted_word:
    return scanned_quoted_word;
  case TokenKind::string:
  case TokenKind::dollar_string:
    return scanned_string;
  case TokenKind::bit_string:
    return scanned_bit_string;
  case TokenKind::number:
    return scanned_number;
  case TokenKind::parameter:
    return scanned_parameter;
  case TokenKind::line_comment:
    return scanned_line_comment;
  case TokenKind::block_comment:
    return scanned_block_comment;
  default:
    return scanned_sign;
  }
}

/// Where the two first differ, or empty. Texts that the scanner refuses are not compared.
static std::string difference(const std::string &text, size_t &compared) {
  ScannedToken *scanned = nullptr;
  const int count = scanTokens(text.c_str(), &scanned);
  const std::unique_ptr<ScannedToken, decltype(&std::free)> owner(scanned, &std::free);
  if (count < 0)
    return "";
  compared += static_cast<size_t>(count);
  Lexer lexer(text);
  for (int i = 0; i < count; ++i) {
    const Token token = lexer.next();
    const ScannedToken &wanted = scanned[i];
    if (static_cast<int>(token.begin) != wanted.begin ||
        static_cast<int>(token.end()) != wanted.end || scannedKindOf(token.kind) != wanted.kind)
      return "at byte " + std::to_string(wanted.begin) + " '" +
             text.substr(static_cast<size_t>(wanted.begin),
                         static_cast<size_t>(wanted.end - wanted.begin)) +
             "', ours is '" + text.substr(token.begin, token.size) + "'";
  }
  return lexer.next().kind == TokenKind::end ? "" : "more tokens than the scanner has";
}

static bool isSql(const fs::path &path) { return path.extension() == ".sql"; }

/// The texts of a file: itself, or the SQL fences of a page.
static std::vector<std::string> textsOf(const fs::path &path) {
  const std::string text = lockstep::test::readFile(path);
  if (isSql(path))
    return {text};
  std::vector<std::string> fences;
  std::istringstream lines(text);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = line.starts_with("```sql");
      if (inside)
        fences.emplace_back();
    } else if (inside) {
      fences.back() += line + "\n";
    }
  }
  return fences;
}

static std::vector<fs::path> filesBelow(const fs::path &folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && (isSql(entry.path()) || entry.path().extension() == ".md"))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// Compares all files below; returns how many tokens that were.
static size_t compare(const fs::path &folder) {
  size_t compared = 0;
  for (const fs::path &file : filesBelow(folder))
    for (const std::string &text : textsOf(file)) {
      // The scanner ends at a NUL byte.
      if (text.find('\0') != std::string::npos)
        continue;
      INFO(file.string());
      CHECK(difference(text, compared) == "");
    }
  return compared;
}

TEST_CASE("the fixtures' SQL") { CHECK(compare("fixtures") > 40'000); }

TEST_CASE("what the two could cut in different ways") {
  size_t compared = 0;
  for (const char *text : {
           "a<-1 b<@-1 c+-d e*-f @-1 <>-1 a<--b\nc",
           "1..10 1. .5 1e5 1e+5 1e 1.e-2 0x1F 0o17 0b11 1_000 1_000.5_0 $1 $12",
           "'a' 'b'\n'c' 'd' -- e\n'f' E'\\'' U&'x' N'y' 'it''s'",
           "$$a$$ $t$ b $$ c $t$ $é$d$é$ a$b$c $1$",
           "\"a\"\"b\" U&\"c\" \"d\"\n\"e\"",
           "/* a /* b */ c */ d /**/ --\n-- e\re",
           "a::b := c => d..e [1:2] a.b.* <<->> ->> #>> !~~* |/ ||/ @> ~<~",
           "b'01' x'AF' B'1'\n'0'",
           "\xC3\xA9t\xC3\xA9 \xE2\x80\x83 a\vb\fc",
       }) {
    INFO(text);
    CHECK(difference(text, compared) == "");
  }
  CHECK(compared > 80);
}

TEST_CASE("SQL of the folders in LOCKSTEP_SQL") {
  const char *folders = std::getenv("LOCKSTEP_SQL");
  if (!folders)
    SKIP("LOCKSTEP_SQL names no folders");
  std::istringstream list(folders);
  size_t compared = 0;
  for (std::string folder; std::getline(list, folder, ':');)
    compared += compare(folder);
  WARN(compared << " tokens compared");
}
