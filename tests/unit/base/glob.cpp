#include "base/glob.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace lockstep::base;

TEST_CASE("a glob without a slash matches at any depth") {
  CHECK(matchesGlob("*.sql", "a/b/c.sql"));
  CHECK(matchesGlob("legacy", "db/legacy/1.sql"));
  CHECK(matchesGlob("legacy/", "db/legacy/1.sql"));
  CHECK_FALSE(matchesGlob("legacy", "db/legacy2/1.sql"));
  CHECK_FALSE(matchesGlob("*.sql", "a/b.sqlx"));
}

TEST_CASE("a glob with a slash is anchored") {
  CHECK(matchesGlob("db/*.sql", "db/1.sql"));
  CHECK_FALSE(matchesGlob("db/*.sql", "x/db/1.sql"));
  CHECK_FALSE(matchesGlob("db/*.sql", "db/x/1.sql"));
  CHECK(matchesGlob("/legacy", "legacy/1.sql"));
  CHECK_FALSE(matchesGlob("/legacy", "db/legacy/1.sql"));
  CHECK(matchesGlob("./db", "db/1.sql"));
  CHECK(matchesGlob("/srv/db", "/srv/db/1.sql"));
}

TEST_CASE("two stars cross folders") {
  CHECK(matchesGlob("db/**/1.sql", "db/1.sql"));
  CHECK(matchesGlob("db/**/1.sql", "db/a/b/1.sql"));
  CHECK(matchesGlob("**/old/**", "a/old/b/c.sql"));
  CHECK_FALSE(matchesGlob("**/old/**", "a/older/b.sql"));
}

TEST_CASE("sets, single characters and escapes match") {
  CHECK(matchesGlob("V[0-9]_?.sql", "V1_a.sql"));
  CHECK_FALSE(matchesGlob("V[!0-9]_?.sql", "V1_a.sql"));
  CHECK(matchesGlob("a\\*b", "a*b"));
  CHECK_FALSE(matchesGlob("a\\*b", "axb"));
  CHECK(matchesGlob("a[b", "a[b"));
}

TEST_CASE("a glob of many stars takes no exponential time") {
  std::string pattern;
  for (int i = 0; i < 50; ++i)
    pattern += "*a";
  CHECK_FALSE(matchesGlob(pattern + "b", std::string(5000, 'a')));
}
