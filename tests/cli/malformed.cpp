// No input ends the program: each fault is a finding, and all that is sound is still analysed.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

using namespace lockstep::test;
using nlohmann::json;
namespace fs = std::filesystem;

static const std::string breaking = "ALTER TABLE users DROP COLUMN name;\n";

/// The report on a folder that holds these files.
static json report(const TemporaryDirectory &directory, int status = 1) {
  Outcome outcome = runLockstep({"check", ".", "--format", "json"}, directory.path());
  INFO(outcome.err);
  CHECK(outcome.status == status);
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE(document.is_object());
  return document;
}

/// "file:line rule" of every finding.
static std::vector<std::string> places(const json &document) {
  std::vector<std::string> found;
  for (const json &finding : document["findings"])
    found.push_back(finding["file"].get<std::string>() + ":" +
                    std::to_string(finding["range"]["start"]["line"].get<unsigned>()) + " " +
                    finding["rule"].get<std::string>());
  return found;
}

static std::string messageOf(const json &document, const std::string &rule) {
  for (const json &finding : document["findings"])
    if (finding["rule"] == rule)
      return finding["message"];
  return "";
}

using Found = std::vector<std::string>;

/// A faulty file between two sound ones, of which the last needs the catalog of the first.
static json between(const std::string &faulty) {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "CREATE TABLE users (id bigint, name text);\n");
  directory.write("2_b.sql", faulty);
  directory.write("3_c.sql", breaking);
  json document = report(directory);
  std::vector<std::string> found = places(document);
  CHECK(std::count(found.begin(), found.end(), "3_c.sql:1 drop-column") == 1);
  return document;
}

TEST_CASE("NUL bytes") {
  json document = between("SELECT 'a" + std::string(1, '\0') + "b';\nDROP TABLE orders;\n");
  CHECK(places(document) ==
        Found{"2_b.sql:1 syntax-error", "2_b.sql:2 drop-table", "3_c.sql:1 drop-column"});
  CHECK(messageOf(document, "syntax-error").find("1 NUL byte in the text") == 0);
}

TEST_CASE("invalid UTF-8") {
  json document = between("SELECT '\xFF\xC3';\nDROP TABLE orders;\n");
  CHECK(places(document) ==
        Found{"2_b.sql:1 syntax-error", "2_b.sql:2 drop-table", "3_c.sql:1 drop-column"});
  CHECK(messageOf(document, "syntax-error").find("not valid UTF-8: 2 bytes") != std::string::npos);
}

TEST_CASE("nesting beyond what the parser holds") {
  for (const std::string &deep :
       {"SELECT " + std::string(200000, '(') + "1" + std::string(200000, ')') + ";\n",
        "SELECT " + std::string(200000, '(') + ";\n",
        "SELECT " + std::string(100000, '+') + "1;\n"}) {
    json document = between(deep + "DROP TABLE orders;\n");
    std::vector<std::string> found = places(document);
    CHECK(std::count(found.begin(), found.end(), "2_b.sql:2 drop-table") == 1);
  }
  json document = between("SELECT " + std::string(200000, '(') + "1" + std::string(200000, ')') +
                          ";\nDROP TABLE orders;\n");
  CHECK(messageOf(document, "syntax-error") ==
        "the statement is nested too deeply for PostgreSQL's parser");
}

TEST_CASE("a chain as long as a generator writes it") {
  std::string chain = "SELECT 1";
  for (int i = 0; i < 50000; ++i)
    chain += " + 1";
  CHECK(places(between(chain + ";\nDROP TABLE orders;\n")) ==
        Found{"2_b.sql:2 drop-table", "3_c.sql:1 drop-column"});
}

TEST_CASE("a statement beyond the size limit") {
  json document =
      between("SELECT '" + std::string(size_t{33} << 20, 'x') + "';\nDROP TABLE orders;\n");
  CHECK(places(document) ==
        Found{"2_b.sql:1 syntax-error", "2_b.sql:2 drop-table", "3_c.sql:1 drop-column"});
  CHECK(messageOf(document, "syntax-error").find("is larger than 33554432 bytes") !=
        std::string::npos);
  CHECK(document["summary"]["unanalyzed"] == 1);
}

TEST_CASE("a file too large to keep") {
  std::string rows;
  while (rows.size() < (size_t{6} << 20))
    rows += "INSERT INTO logs VALUES (1, 'a row of a dump');\n";
  json document = between(rows + "DROP TABLE orders;\n");
  CHECK(document["findings"].size() == 2);
  CHECK(messageOf(document, "drop-table").find("'orders'") != std::string::npos);
}

TEST_CASE("a byte order mark is no SQL") {
  CHECK(places(between("\xEF\xBB\xBF"
                       "DROP TABLE orders;\n")) ==
        Found{"2_b.sql:1 drop-table", "3_c.sql:1 drop-column"});
  // UTF-16 is not read, and said to be no UTF-8.
  json document = between(std::string("\xFF\xFE"
                                      "D\0R\0O\0P\0",
                                      10));
  CHECK(messageOf(document, "syntax-error").find("UTF-16") != std::string::npos);
}

TEST_CASE("line ends of every kind") {
  CHECK(places(between("SELECT 1;\r\nDROP TABLE orders;\r\n")) ==
        Found{"2_b.sql:2 drop-table", "3_c.sql:1 drop-column"});
  CHECK(places(between("SELECT 1;\rDROP TABLE orders;\r")) ==
        Found{"2_b.sql:2 drop-table", "3_c.sql:1 drop-column"});
}

TEST_CASE("what is never closed") {
  for (const char *open : {"SELECT 'open;\n", "SELECT \"open;\n", "DO $$ BEGIN\n", "/* open\n",
                           "SELECT E'\\'open;\n", "SELECT $tag$ $$ ;\n", "SELECT (1;\n"}) {
    INFO(open);
    json document = between("DROP TABLE orders;\n" + std::string(open));
    CHECK(places(document) ==
          Found{"2_b.sql:1 drop-table", "2_b.sql:2 syntax-error", "3_c.sql:1 drop-column"});
  }
}

TEST_CASE("a quote that swallows the rest does not hide it") {
  json document = between("SELECT 'it's';\nDROP TABLE orders;\n");
  std::vector<std::string> found = places(document);
  CHECK(std::count(found.begin(), found.end(), "2_b.sql:1 syntax-error") == 1);
  CHECK(std::count(found.begin(), found.end(), "2_b.sql:2 drop-table") == 1);
}

TEST_CASE("COPY data") {
  SECTION("as it should be") {
    CHECK(
        places(between("COPY logs FROM stdin;\n1\t'; DROP TABLE x;\n\\.\nDROP TABLE orders;\n")) ==
        Found{"2_b.sql:4 drop-table", "3_c.sql:1 drop-column"});
  }
  SECTION("without its end") {
    json document = between("COPY logs FROM stdin;\n1\tone\n2\ttwo\n;\nDROP TABLE orders;\n");
    CHECK(places(document) ==
          Found{"2_b.sql:2 syntax-error", "2_b.sql:5 drop-table", "3_c.sql:1 drop-column"});
  }
  SECTION("an end without data") {
    json document = between("\\.\nDROP TABLE orders;\n");
    std::vector<std::string> found = places(document);
    CHECK(std::count(found.begin(), found.end(), "2_b.sql:2 drop-table") == 1);
  }
}

TEST_CASE("nothing at all") {
  for (const char *empty : {"", " \n\t\n", "-- only words\n", ";;\n", "\xEF\xBB\xBF"}) {
    json document = between(empty);
    CHECK(document["findings"].size() == 1);
    CHECK(document["summary"]["files"] == 3);
    CHECK(document["summary"]["unanalyzed"] == 0);
  }
}

TEST_CASE("a file of a folder that cannot be read is a finding") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "CREATE TABLE users (id bigint, name text);\n");
  directory.write("3_c.sql", breaking);
  // Nothing stands behind the link, whoever asks.
  fs::create_symlink("gone.sql", directory.path() / "2_b.sql");
  json document = report(directory);
  CHECK(places(document) == Found{"2_b.sql:1 syntax-error", "3_c.sql:1 drop-column"});
  CHECK(messageOf(document, "syntax-error") == "cannot read 2_b.sql: No such file or directory");
  if (geteuid() == 0)
    return;
  directory.write("4_d.sql", breaking);
  fs::permissions(directory.path() / "4_d.sql", fs::perms::none);
  CHECK(places(report(directory)).back() == "4_d.sql:1 syntax-error");
}

TEST_CASE("a folder that cannot be read is told, and the others are checked") {
  if (geteuid() == 0)
    SKIP("everything is readable for root");
  TemporaryDirectory directory;
  directory.write("a/1.sql", breaking);
  directory.write("b/1.sql", breaking);
  fs::permissions(directory.path() / "b", fs::perms::none);
  Outcome outcome = runLockstep({"check", ".", "--format", "concise"}, directory.path());
  fs::permissions(directory.path() / "b", fs::perms::owner_all);
  CHECK(outcome.status == 2);
  CHECK(outcome.out.find("a/1.sql") != std::string::npos);
  CHECK(outcome.err.find("cannot read b: Permission denied") != std::string::npos);
}

TEST_CASE("links that lead in circles") {
  TemporaryDirectory directory;
  directory.write("db/1_a.sql", breaking);
  fs::create_directory_symlink("..", directory.path() / "db/up");
  fs::create_directory_symlink(".", directory.path() / "db/here");
  fs::create_symlink("2_b.sql", directory.path() / "db/2_b.sql");
  json document = report(directory);
  CHECK(places(document) == Found{"db/1_a.sql:1 drop-column", "db/2_b.sql:1 syntax-error"});
  CHECK(messageOf(document, "syntax-error") ==
        "cannot read db/2_b.sql: Too many levels of symbolic links");
}

TEST_CASE("folders and pipes that are called like files") {
  TemporaryDirectory directory;
  fs::create_directories(directory.path() / "2_b.sql");
  directory.write("3_c.sql", breaking);
  CHECK(places(report(directory)) == Found{"3_c.sql:1 drop-column"});
}
