#include "support/replay.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::catalog;
using namespace lockstep::test;

TEST_CASE("a catalog is a value: what is done to a copy leaves the other alone") {
  Replay replay("CREATE TABLE t (a int PRIMARY KEY);");
  const Catalog savepoint = replay.catalog;
  const std::string before = replay.text();
  replay.run("ALTER TABLE t ADD b int, ADD UNIQUE (b); CREATE VIEW v AS SELECT a FROM t;"
             "ALTER TABLE t RENAME TO u; DROP TABLE u CASCADE; CREATE SCHEMA s;");
  CHECK(replay.refusals == std::vector<std::string>{});
  CHECK(replay.text() != before);
  replay.catalog = savepoint;
  CHECK(replay.text() == before);
  replay.run("ALTER TABLE t ADD c int;");
  CHECK(replay.refusals == std::vector<std::string>{});
}

TEST_CASE("a refused statement changes nothing, however much of it was done") {
  const char *setup = "CREATE TABLE t (a int); CREATE TABLE u (a int);";
  Replay replay(setup);
  const std::string before = replay.text();
  replay.run("ALTER TABLE t ADD b int, ADD c int REFERENCES u (missing);");
  CHECK(replay.refusals.size() == 1);
  CHECK(replay.text() == before);
}

TEST_CASE("what is dropped is absent, what was never made is unknown") {
  Replay replay("CREATE TABLE t (a int); DROP TABLE t;");
  CHECK(replay.catalog.knowledgeOf({{}, "t", {}}) == Knowledge::absent);
  CHECK(replay.catalog.knowledgeOf({{}, "other", {}}) == Knowledge::unknown);
  replay.run("DO $$ BEGIN EXECUTE 'CREATE TABLE ' || chr(116) || ' (a int)'; END $$;");
  CHECK(replay.catalog.incompleteSince());
  CHECK(replay.catalog.knowledgeOf({{}, "t", {}}) == Knowledge::unknown);
}
