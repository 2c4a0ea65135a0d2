// Small texts that stand for much: what refers to itself, is nested deeply, or doubles at each
// step. Each takes time and stack that grow with the text alone.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::test;

/// Checks the text, and what is behind it still is.
static Outcome checked(const std::string &text, const std::string &postgres = "15") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", text);
  directory.write("2_b.sql", "DROP TABLE last;\n");
  Outcome outcome = runLockstep({"check", ".", "--select", "all", "--fail-on", "never",
                                 "--postgres", postgres, "--format", "concise"},
                                directory.path());
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.find("2_b.sql:1:12: error: dropping table 'last'") != std::string::npos);
  return outcome;
}

/// `text` for each number below `end`, with that number for every # and the one before for every @.
static std::string series(int end, const std::string &text) {
  std::string all;
  for (int i = 1; i < end; ++i)
    for (char c : text)
      all += c == '#' ? std::to_string(i) : c == '@' ? std::to_string(i - 1) : std::string(1, c);
  return all;
}

static std::string times(int count, const std::string &text) {
  std::string all;
  for (; count > 0; --count)
    all += text;
  return all;
}

TEST_CASE("tables below themselves") {
  const std::string change = "CREATE INDEX ON p (a);\nALTER TABLE p ADD COLUMN b int;\n"
                             "ALTER TABLE p ADD CHECK (a > 1);\n"
                             "ALTER TABLE p ALTER COLUMN a SET NOT NULL;\nDROP TABLE p CASCADE;\n";
  const std::string p = "CREATE TABLE p (a int) PARTITION BY LIST (a);\n";
  for (const std::string &circle :
       {p + "ALTER TABLE p ATTACH PARTITION p DEFAULT;\n",
        p + "CREATE TABLE q (a int) PARTITION BY LIST (a);\n"
            "ALTER TABLE p ATTACH PARTITION q DEFAULT;\nALTER TABLE q ATTACH PARTITION p "
            "DEFAULT;\n",
        p + "CREATE TABLE q PARTITION OF p DEFAULT PARTITION BY LIST (a);\n"
            "ALTER TABLE q ATTACH PARTITION p DEFAULT;\n",
        std::string("ALTER TABLE p ATTACH PARTITION q DEFAULT;\n"
                    "ALTER TABLE q ATTACH PARTITION p DEFAULT;\n")}) {
    INFO(circle);
    for (const char *postgres : {"15", "18"})
      CHECK(checked(circle + change, postgres).out.find("circular inheritance not allowed") !=
            std::string::npos);
  }
}

TEST_CASE("indexes below themselves") {
  checked("CREATE TABLE p (a int PRIMARY KEY) PARTITION BY LIST (a);\n"
          "CREATE TABLE q (a int PRIMARY KEY) PARTITION BY LIST (a);\n"
          "ALTER INDEX p_pkey ATTACH PARTITION q_pkey;\n"
          "ALTER INDEX q_pkey ATTACH PARTITION p_pkey;\n"
          "ALTER INDEX p_pkey ATTACH PARTITION p_pkey;\n"
          "ALTER TABLE p DROP CONSTRAINT p_pkey;\n");
}

TEST_CASE("names that stand for something else already") {
  for (const char *text :
       {"CREATE INDEX users ON users (id);\n",
        "ALTER TABLE users ADD CONSTRAINT users PRIMARY KEY (id);\n",
        "ALTER TABLE p ATTACH PARTITION q DEFAULT;\nALTER TABLE q RENAME TO p;\n",
        "ALTER TABLE p ATTACH PARTITION q DEFAULT;\nCREATE INDEX p ON q (a);\n"})
    CHECK(checked(text).out.find("already exists (SQLSTATE 42P07)") != std::string::npos);
  CHECK(checked("CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n"
                "ALTER TABLE a ADD CONSTRAINT c PRIMARY KEY USING INDEX b;\n")
            .out.find("\"b\" is not an index (SQLSTATE 42809)") != std::string::npos);
  checked("ALTER TABLE p ATTACH PARTITION q DEFAULT;\n"
          "ALTER TABLE a ADD CONSTRAINT c PRIMARY KEY USING INDEX p;\n"
          "ALTER INDEX i RENAME TO j;\nREINDEX INDEX j;\nDROP INDEX CONCURRENTLY j;\n");
}

TEST_CASE("towers of tables") {
  const std::string change =
      "ALTER TABLE t0 ADD COLUMN b int;\nALTER TABLE t0 ADD CHECK (a > 1);\n"
      "ALTER TABLE t0 ALTER COLUMN a SET NOT NULL;\nALTER TABLE t0 RENAME COLUMN a TO c;\n"
      "ALTER TABLE t0 DROP COLUMN c;\n";
  const std::string parted = "PARTITION BY LIST (a);\n";
  for (const char *postgres : {"15", "18"}) {
    checked("CREATE TABLE t0 (a int);\n" + series(8000, "CREATE TABLE t# () INHERITS (t@);\n") +
                change,
            postgres);
    checked("CREATE TABLE t0 (a int) " + parted +
                series(2000, "CREATE TABLE t# PARTITION OF t@ DEFAULT " + parted) +
                "CREATE INDEX ON t0 (a);\n" + change,
            postgres);
    checked(series(2000, "ALTER TABLE t@ ATTACH PARTITION t# DEFAULT;\n") + change, postgres);
    checked(series(2000, "ALTER TABLE t# INHERIT t@;\n") + change, postgres);
  }
}

TEST_CASE("tables inherited on many ways") {
  std::string tables = "CREATE TABLE t0 (a int);\nCREATE TABLE t1 () INHERITS (t0);\n";
  for (int i = 2; i < 50; ++i)
    tables += "CREATE TABLE t" + std::to_string(i) + " () INHERITS (t" + std::to_string(i - 1) +
              ", t" + std::to_string(i - 2) + ");\n";
  for (const char *postgres : {"15", "18"})
    checked(tables + "ALTER TABLE t0 ALTER COLUMN a SET NOT NULL;\n"
                     "ALTER TABLE t0 ADD COLUMN s serial;\n"
                     "ALTER TABLE t0 ADD CONSTRAINT c CHECK (a > 1) NOT VALID;\n"
                     "ALTER TABLE t0 VALIDATE CONSTRAINT c;\n"
                     "ALTER TABLE t0 DROP CONSTRAINT c;\nALTER TABLE t0 ALTER a TYPE bigint;\n"
                     "ALTER TABLE t0 DROP COLUMN a;\n",
            postgres);
}

TEST_CASE("views that name others twice") {
  const std::string views =
      "CREATE TABLE t (a int, b int);\nCREATE VIEW v0 AS SELECT a, b FROM t;\n" +
      series(41, "CREATE VIEW v# AS SELECT x.a, y.b FROM v@ x, v@ y;\n");
  for (const char *use :
       {"SELECT * FROM v40", "UPDATE v40 SET a = 1", "DELETE FROM v40", "LOCK TABLE v40",
        "SELECT * FROM v40 FOR UPDATE", "CREATE TABLE n AS SELECT * FROM v40",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT a FROM v40'",
        "PREPARE p AS SELECT * FROM v40", "DROP TABLE t CASCADE"}) {
    INFO(use);
    checked(views + use + ";\n");
  }
  checked("CREATE VIEW v AS SELECT 1 AS a;\n"
          "CREATE OR REPLACE VIEW v AS SELECT x.a FROM v x, v y, v z;\nSELECT * FROM v;\n"
          "LOCK TABLE v;\n");
}

TEST_CASE("stars of stars") {
  const std::string table = "CREATE TABLE t0 (a int);\n";
  for (const char *step : {"CREATE VIEW t# AS SELECT x.*, y.* FROM t@ x, t@ y;\n",
                           "CREATE TABLE t# AS SELECT * FROM t@ x, t@ y;\n"})
    CHECK(checked(table + series(40, step)).out.find("tables can have at most 1600 columns") !=
          std::string::npos);
}

TEST_CASE("constants folded in one another") {
  constexpr int depth = 300;
  const std::string change = "CREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN b text DEFAULT ";
  for (const std::string &value :
       {times(depth, "ARRAY[") + "1" + times(depth, "]"),
        times(depth, "NOT (1 = 1 AND ") + "true" + times(depth, ")"),
        times(depth, "nullif(") + "'x'" + times(depth, ", 'y')"),
        times(depth, "(") + "'x'" + times(depth, " COLLATE \"C\")"),
        times(depth, "ARRAY[nullif(NOT (") + "true" + times(depth, "), false)]")}) {
    INFO(value);
    checked(change + value + ";\n");
  }
}

TEST_CASE("functions that call one another") {
  const std::string head = "CREATE FUNCTION f#() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ";
  const std::string tail = "UPDATE t SET a = 1; RETURN 1; END $$;\n";
  const std::string use = "SELECT f9();\nDO $$ BEGIN " + times(30, "PERFORM f9(); ") + "END $$;\n";
  checked(series(10, head + times(30, "PERFORM f@(); ") + tail) + use);
  checked(series(10, head + times(30, "PERFORM f#(); ") + tail) + use);
  checked(series(10, head + times(10, "PERFORM f@(); ALTER TABLE t ADD COLUMN b int; ") + tail) +
          use);
}

TEST_CASE("functions that are inlined into one another") {
  std::string parameters, arguments, calls = "1";
  for (int i = 0; i < 16; ++i) {
    parameters += i > 0 ? ", int DEFAULT 1" : "int DEFAULT 1";
    calls += " + f@(" + arguments + ")";
    arguments += i > 0 ? ", 1" : "1";
  }
  const std::string functions =
      series(14, "CREATE FUNCTION f#(" + parameters +
                     ") RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT " + calls + "';\n");
  checked(functions + "CREATE TABLE t (a int);\nALTER TABLE t ADD COLUMN b int DEFAULT f13();\n");
}

TEST_CASE("comments within comments") {
  for (const std::string &comment : {times(500000, "/*"), times(200000, "/*") + times(200000, "*/"),
                                     "/*" + std::string(1000000, '*')})
    for (const char *before : {"", "SELECT 1 ", "DO $$ BEGIN PERFORM 1 "})
      checked(before + comment + "\n");
}

TEST_CASE("operators without end") {
  const std::string run = "SELECT 1 " + times(500000, "+") + " 1;\n";
  checked(run);
  checked("DO $$ BEGIN " + run + "END $$;\n");
  checked("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ " + run + "$$;\n");
}

TEST_CASE("a text without lines") { checked(times(20000, "SELEC 1;") + "\n"); }
