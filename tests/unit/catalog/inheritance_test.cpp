#include "catalog/apply/apply.hpp"
#include "support/replay.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::catalog;
using namespace lockstep::test;

TEST_CASE("a table cannot inherit from itself or from what is below it") {
  const char *setup = "CREATE TABLE top (a int);\nCREATE TABLE below () INHERITS (top);\n";
  CHECK(refusalsOf(setup, "ALTER TABLE top INHERIT below;") ==
        "42P07 circular inheritance not allowed");
  CHECK(refusalsOf(setup, "ALTER TABLE top INHERIT top;") ==
        "42P07 circular inheritance not allowed");
}

TEST_CASE("a temporary partition that goes with its parent is not emptied at commit") {
  Replay replay("CREATE TEMP TABLE top (a int) PARTITION BY LIST (a) ON COMMIT DROP;\n"
                "CREATE TEMP TABLE below PARTITION OF top DEFAULT ON COMMIT DELETE ROWS;\n"
                "INSERT INTO below VALUES (1);\n");
  const Catalog before = replay.catalog;
  endTransaction(replay.catalog, before, true);
  CHECK(replay.catalog.findRelation({"", "top", {}}) == nullptr);
  CHECK(replay.catalog.findRelation({"", "below", {}}) == nullptr);
}
