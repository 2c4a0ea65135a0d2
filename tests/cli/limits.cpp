// Where the system gives little stack or memory, a report is complete or there is a word why not.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>

namespace fs = std::filesystem;
using namespace lockstep::test;

/// Runs the program under `ulimit LIMIT`.
static Outcome limited(const std::string &limit, const std::string &arguments,
                       const TemporaryDirectory &directory) {
  return run({"/bin/sh", "-c", "ulimit " + limit + " && exec \"$LOCKSTEP_BIN\" " + arguments},
             directory.path(), {},
             {"LOCKSTEP_BIN=" + fs::absolute(std::getenv("LOCKSTEP_BIN")).string(), "NO_COLOR=1"});
}

static std::string times(int count, const std::string &text) {
  std::string all;
  for (; count > 0; --count)
    all += text;
  return all;
}

/// `first`, then `next` for 1 and so on, with the number for every # and the one before for every
/// @.
static std::string chain(int length, const std::string &first, const std::string &next) {
  std::string all = first;
  for (int i = 1; i < length; ++i)
    for (char c : next)
      all += c == '#' ? std::to_string(i) : c == '@' ? std::to_string(i - 1) : std::string(1, c);
  return all;
}

/// Each command says on a small stack what it says otherwise, on one thread and on several.
static void checkOnSmallStack(const std::string &text) {
  TemporaryDirectory directory;
  directory.write("1_a.sql", text);
  directory.write("2_b.sql", "DROP TABLE last;\n");
  for (const std::string arguments :
       {"check . --select all --fail-on never --format json --jobs 1",
        "check . --fail-on never --format concise --jobs 2", "effects .", "schema ."}) {
    INFO(arguments);
    const Outcome usual = limited("-s 8192", arguments, directory);
    const Outcome small = limited("-s 256", arguments, directory);
    REQUIRE(usual.status == 0);
    CHECK(small.status == 0);
    CHECK(small.out == usual.out);
    CHECK(small.err == usual.err);
  }
}

TEST_CASE("expressions nested as deeply as they are read, on a small stack") {
  constexpr int depth = 390;
  const std::string table = "CREATE TABLE t (a int, b text);\n";
  const std::string change = "ALTER TABLE t ADD COLUMN c text DEFAULT ";
  for (const std::string &value :
       {times(depth, "1 - ") + "1", times(depth, "(2 * ") + "1" + times(depth, ")"),
        times(depth, "upper(") + "'x'" + times(depth, ")"),
        times(depth, "CASE WHEN true THEN ") + "1" + times(depth, " ELSE 0 END"),
        times(depth, "COALESCE(NULL, ") + "1" + times(depth, ")"),
        times(depth, "CAST(") + "1" + times(depth, " AS bigint)"),
        times(depth, "ROW(") + "1" + times(depth, ")")})
    checkOnSmallStack(table + change + value + ";\n");
  checkOnSmallStack(table + "ALTER TABLE t ALTER a TYPE bigint USING " + times(depth, "NULLIF(") +
                    "a" + times(depth, ", 0)") + ";\n" + "ALTER TABLE t ADD CHECK (" +
                    times(depth, "NOT (") + "a > 1" + times(depth, ")") +
                    ");\nALTER TABLE t ALTER a SET NOT NULL;\n");
  checkOnSmallStack(
      table + "CREATE INDEX ON t (a) WHERE " + times(depth, "(a = 1 OR b = 'x' AND ") + "a > 2" +
      times(depth, ")") + ";\nUPDATE t SET a = 1 WHERE " +
      times(depth, "EXISTS (SELECT 1 FROM t WHERE ") + "true" + times(depth, ")") + ";\n");
}

TEST_CASE("texts nested more deeply than they are read, on a small stack") {
  constexpr int depth = 3000;
  for (const std::string &text :
       {"ALTER TABLE t ADD COLUMN c int DEFAULT " + times(depth, "1 + ") + "1;\n",
        "DELETE FROM t WHERE " + times(depth, "(a = 1 AND (b = 2 OR ") + "c" + times(depth, "))") +
            ";\n",
        "CREATE VIEW v AS " + times(depth, "SELECT 1 UNION ") + "SELECT 2;\n",
        "CREATE VIEW v AS " + times(depth, "SELECT * FROM (") + "SELECT 1" + times(depth, ") x") +
            ";\n",
        "DO $$ BEGIN " + times(depth, "IF a THEN ") + "DELETE FROM t; " + times(depth, "END IF; ") +
            "END $$;\n",
        times(depth, "/* ") + times(depth, "*/ ") + "DROP TABLE t;\n"})
    checkOnSmallStack(text);
}

TEST_CASE("chains of objects, on a small stack") {
  constexpr int length = 800;
  checkOnSmallStack(chain(length, "CREATE DOMAIN d0 AS int;\n", "CREATE DOMAIN d# AS d@;\n") +
                    "CREATE TABLE t (a d799);\nALTER TABLE t ALTER a TYPE int;\n"
                    "DROP DOMAIN d0 CASCADE;\n");
  checkOnSmallStack(
      chain(length, "CREATE TABLE v0 (a int);\n", "CREATE VIEW v# AS SELECT a FROM v@;\n") +
      "UPDATE v799 SET a = 1;\nLOCK TABLE v799;\nALTER TABLE v0 RENAME a TO b;\n"
      "DROP TABLE v0 CASCADE;\n");
  checkOnSmallStack(
      chain(length, "CREATE TABLE t0 (a int PRIMARY KEY);\n",
            "CREATE TABLE t# (a int PRIMARY KEY REFERENCES t@ ON DELETE CASCADE);\n") +
      "DELETE FROM t0;\nDROP TABLE t0 CASCADE;\n");
  checkOnSmallStack(chain(length, "CREATE FUNCTION f0() RETURNS int LANGUAGE sql AS 'SELECT 1';\n",
                          "CREATE FUNCTION f#() RETURNS int LANGUAGE sql AS 'SELECT f@()';\n") +
                    "ALTER TABLE t ADD COLUMN c int DEFAULT f799();\n");
}

static const std::string sentence = "lockstep: out of memory, the report is incomplete";

TEST_CASE("out of memory: the report is complete, or a sentence says that it is not") {
  TemporaryDirectory directory;
  if (limited("-v 1000000", "version", directory).status != 0)
    SKIP("the program does not start under any limit: it is built with a sanitizer");
  const std::string nested = times(60, "(1 + ") + "a" + times(60, ")");
  for (const char *file : {"1_a.sql", "2_b.sql", "3_c.sql"}) {
    const std::string prefix(file, 1);
    directory.write(file, chain(100, "",
                                "CREATE TABLE t" + prefix + "# (a int);\nUPDATE t" + prefix +
                                    "# SET a = " + nested + ";\n"));
  }
  bool was_complete = false;
  bool was_short = false;
  for (const std::string arguments : {"check . --select all --fail-on never --format json --jobs 1",
                                      "check . --select all --fail-on never --format json --jobs 2",
                                      "effects . --jobs 2", "schema . --format json"}) {
    const Outcome usual = limited("-s 8192", arguments, directory);
    REQUIRE(usual.status == 0);
    for (int megabytes = 40; megabytes <= 400; megabytes += megabytes < 120 ? 8 : 140) {
      INFO(arguments << ", " << megabytes << " MB");
      const Outcome outcome =
          limited("-v " + std::to_string(megabytes * 1024), arguments, directory);
      // Below what the program itself takes, it does not come to its first line.
      if (outcome.status > 2)
        CHECK(limited("-v " + std::to_string(megabytes * 1024), "version", directory).status ==
              outcome.status);
      if (outcome.status > 2)
        continue;
      REQUIRE((outcome.status == 0 || outcome.status == 2));
      if (outcome.status == 0) {
        CHECK(outcome.out == usual.out);
        was_complete = true;
        continue;
      }
      CHECK((outcome.err.starts_with(sentence) ||
             outcome.err.starts_with("lockstep: cannot start a thread with 8 MB of stack: ")));
      CHECK(outcome.err.find('\n') == outcome.err.size() - 1);
      was_short = true;
    }
  }
  CHECK(was_complete);
  CHECK(was_short);
}

TEST_CASE("out of memory, what --output, --fix and baseline had is whole or replaced") {
  TemporaryDirectory directory;
  if (limited("-v 1000000", "version", directory).status != 0)
    SKIP("the program does not start under any limit: it is built with a sanitizer");
  const std::string old_sql =
      chain(300, "-- lockstep:ignore drop-table: old\n", "DROP TABLE t#;\n");
  const std::string old_report = "old\n";
  const std::string old_baseline = "{\"version\": 1, \"findings\": []}\n";
  for (const std::string arguments : {"check 1_a.sql --fix --fail-on never --format concise",
                                      "check 1_a.sql --fail-on never --output json=report.json",
                                      "baseline create --force 1_a.sql"})
    for (int megabytes = 40; megabytes <= 100; megabytes += 6) {
      INFO(arguments << ", " << megabytes << " MB");
      directory.write("1_a.sql", old_sql);
      directory.write("report.json", old_report);
      directory.write(".lockstep-baseline.json", old_baseline);
      (void)limited("-v " + std::to_string(megabytes * 1024), arguments, directory);
      const std::string sql = readFile(directory.path() / "1_a.sql");
      const std::string report = readFile(directory.path() / "report.json");
      const std::string baseline = readFile(directory.path() / ".lockstep-baseline.json");
      CHECK((sql == old_sql || sql == old_sql.substr(old_sql.find('\n'))));
      CHECK((report == old_report || report.ends_with("}\n")));
      CHECK((baseline == old_baseline || baseline.ends_with("}\n")));
      CHECK(std::distance(fs::directory_iterator(directory.path()), {}) == 3);
    }
}
