#include "support/replay.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::catalog;
using namespace lockstep::test;

static std::string viewText(std::string_view view, std::string_view later = {}) {
  Replay replay("CREATE TABLE a (x int, \"Y\" int); CREATE TABLE b (x int, z text);");
  replay.run(view).run(later);
  CHECK(replay.refusals == std::vector<std::string>{});
  return replay.table("v").query->text;
}

TEST_CASE("a view's star stands for the columns that there were") {
  CHECK(viewText("CREATE VIEW v AS SELECT * FROM a;") == "SELECT x, \"Y\" FROM a");
  CHECK(viewText("CREATE VIEW v AS SELECT * FROM a;", "ALTER TABLE a ADD n int;") ==
        "SELECT x, \"Y\" FROM a");
  CHECK(viewText("CREATE VIEW v AS SELECT b.*, 1 AS n FROM a JOIN b ON a.x = b.x;") ==
        "SELECT b.x, b.z, 1 AS n FROM a JOIN b ON a.x = b.x");
  CHECK(viewText("CREATE VIEW v (p, q, r, s) AS SELECT * FROM a, b;") ==
        "SELECT a.x, a.\"Y\", b.x, b.z FROM a, b");
}

TEST_CASE("a renamed column is found in what a star stood for") {
  CHECK(viewText("CREATE VIEW v AS SELECT * FROM a WHERE x > 0;",
                 "ALTER TABLE a RENAME x TO number;") ==
        "SELECT number AS x, \"Y\" FROM a WHERE number > 0");
}

TEST_CASE("a star over what is not known stays") {
  Replay replay("CREATE VIEW v AS SELECT * FROM elsewhere;");
  CHECK(replay.table("v").query->text == "SELECT * FROM elsewhere");
}
