#include "support/replay.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::catalog;
using namespace lockstep::test;

static std::string typesOf(std::string_view query) {
  Replay replay("CREATE TABLE t (a bigint, b varchar(9)); CREATE TYPE mood AS ENUM ('ok');");
  replay.run("CREATE TABLE made AS " + std::string(query) + ";");
  CHECK(replay.refusals == std::vector<std::string>{});
  std::string text;
  for (const Column &column : replay.table("made").columns)
    text += (text.empty() ? "" : ", ") + (column.type.empty() ? "?" : sqlType(column.type));
  return text;
}

TEST_CASE("a made table has the types that the query tells") {
  CHECK(typesOf("SELECT a, b FROM t") == "bigint, varchar(9)");
  CHECK(typesOf("SELECT 1, 5000000000, 1.5, 'x', true, NULL") ==
        "integer, bigint, numeric, text, boolean, text");
  CHECK(typesOf("SELECT a::numeric(5,2), 'ok'::mood, CURRENT_TIMESTAMP FROM t") ==
        "numeric(5,2), public.mood, timestamptz");
  CHECK(typesOf("SELECT count(*), a IS NULL, a IN (1), now() FROM t") ==
        "bigint, boolean, boolean, timestamptz");
  CHECK(typesOf("SELECT 1 AS n UNION SELECT 2.5") == "?");
  CHECK(typesOf("SELECT a + 1 FROM t") == "?");
}

TEST_CASE("aggregates are told apart by what they take") {
  Replay replay("CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int);"
                "CREATE AGGREGATE total (numeric) (SFUNC = numeric_add, STYPE = numeric);"
                "COMMENT ON AGGREGATE total (int) IS 'of integers';");
  CHECK(replay.catalog.findFunctions({{}, "total", {}}).size() == 2);
  replay.run("DROP AGGREGATE total (int);");
  REQUIRE(replay.catalog.findFunctions({{}, "total", {}}).size() == 1);
  CHECK(replay.catalog.findFunctions({{}, "total", {}}).front()->comment.empty());
}

TEST_CASE("statistics go and move with their table") {
  Replay replay("CREATE TABLE t (a int, b int); CREATE STATISTICS ON a, b FROM t;"
                "ALTER TABLE t RENAME TO u;");
  const NamedObject *statistics =
      replay.catalog.findObject(ObjectKind::statistics, {{}, "t_a_b_stat", {}});
  REQUIRE(statistics);
  CHECK(statistics->table.name == "u");
  replay.run("DROP TABLE u;");
  CHECK_FALSE(replay.catalog.findObject(ObjectKind::statistics, {{}, "t_a_b_stat", {}}));
}

TEST_CASE("a constant NULL is no default, unless a length is applied to it") {
  Replay replay("CREATE TABLE t (a int DEFAULT NULL, b varchar DEFAULT NULL::varchar,"
                " c varchar(9) DEFAULT NULL, d bigint DEFAULT NULL::int);");
  const Relation &table = replay.table("t");
  CHECK_FALSE(table.findColumn("a")->default_value);
  CHECK_FALSE(table.findColumn("b")->default_value);
  CHECK(table.findColumn("c")->default_value);
  CHECK(table.findColumn("d")->default_value);
}

TEST_CASE("what two parents give stays inherited when one lets go") {
  Replay replay("CREATE TABLE p (a int, b int, CHECK (a > 0)); CREATE TABLE q (b int);"
                "CREATE TABLE c () INHERITS (p, q); ALTER TABLE c NO INHERIT q;");
  const Relation &child = replay.table("c");
  CHECK(child.findColumn("b")->inherited == 1);
  CHECK_FALSE(child.findColumn("b")->is_local);
  CHECK(child.findConstraint("p_a_check")->inherited == 1);
  replay.run("ALTER TABLE c NO INHERIT p;");
  CHECK(replay.table("c").findColumn("b")->is_local);
  CHECK(replay.table("c").findConstraint("p_a_check")->is_local);
}

TEST_CASE("DETACH CONCURRENTLY leaves a CHECK of what the bound was") {
  Replay replay("CREATE TABLE e (at date NOT NULL) PARTITION BY RANGE (at);"
                "CREATE TABLE e1 PARTITION OF e FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);"
                "ALTER TABLE e DETACH PARTITION e1 CONCURRENTLY;");
  const Constraint *check = replay.table("e1").findConstraint("e1_at_check");
  REQUIRE(check);
  CHECK(check->expression->text == "(at IS NOT NULL) AND (at >= '2024-01-01')");
}

TEST_CASE("a conditional key on a table that has one is not added") {
  Replay replay("CREATE TABLE t (a int PRIMARY KEY);"
                "DO $$ BEGIN IF false THEN ALTER TABLE t ADD PRIMARY KEY (a); END IF; END $$;");
  size_t keys = 0;
  for (const Constraint &constraint : replay.table("t").constraints)
    keys += constraint.kind == ConstraintKind::primary_key;
  CHECK(keys == 1);
}
