#include "ops/name.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::ops;

static TypeName builtin(std::string name, std::vector<std::string> modifiers = {}) {
  TypeName type;
  type.schema = "pg_catalog";
  type.name = std::move(name);
  type.modifiers = std::move(modifiers);
  return type;
}

TEST_CASE("identifiers are quoted where PostgreSQL needs it") {
  CHECK(quoteIdentifier("users") == "users");
  CHECK(quoteIdentifier("_a1") == "_a1");
  CHECK(quoteIdentifier("Users") == "\"Users\"");
  CHECK(quoteIdentifier("1a") == "\"1a\"");
  CHECK(quoteIdentifier("a b") == "\"a b\"");
  CHECK(quoteIdentifier("a\"b") == "\"a\"\"b\"");
  CHECK(quoteIdentifier("") == "\"\"");
  CHECK(quoteIdentifier("order") == "\"order\"");
  CHECK(quoteIdentifier("between") == "\"between\"");
  CHECK(quoteIdentifier("left") == "\"left\"");
  CHECK(quoteIdentifier("name") == "name");
}

TEST_CASE("qualified names keep their schema") {
  CHECK(sqlName({"", "users", {}}) == "users");
  CHECK(sqlName({"app", "Users", {}}) == "app.\"Users\"");
}

TEST_CASE("literals double their quotes") {
  CHECK(quoteLiteral("it's") == "'it''s'");
  CHECK(quoteLiteral("a\\b") == "E'a\\\\b'");
  CHECK(quoteLiteral("") == "''");
}

TEST_CASE("types are written as people write them") {
  CHECK(sqlType(builtin("int4")) == "integer");
  CHECK(sqlType(builtin("int8")) == "bigint");
  CHECK(sqlType(builtin("int2")) == "smallint");
  CHECK(sqlType(builtin("bool")) == "boolean");
  CHECK(sqlType(builtin("float8")) == "double precision");
  CHECK(sqlType(builtin("varchar", {"20"})) == "varchar(20)");
  CHECK(sqlType(builtin("bpchar", {"1"})) == "char(1)");
  CHECK(sqlType(builtin("bpchar")) == "bpchar");
  CHECK(sqlType(builtin("numeric", {"10", "2"})) == "numeric(10,2)");
  CHECK(sqlType(builtin("timestamptz", {"3"})) == "timestamptz(3)");
  CHECK(sqlType(builtin("varbit", {"8"})) == "bit varying(8)");
  CHECK(sqlType(builtin("interval", {"day to second", "3"})) == "interval day to second(3)");
  CHECK(sqlType(builtin("interval", {"3"})) == "interval(3)");
  CHECK(sqlType(builtin("char")) == "\"char\"");
}

TEST_CASE("arrays, sets, references and user types keep their shape") {
  TypeName type = builtin("int4");
  type.array_dimensions = 2;
  CHECK(sqlType(type) == "integer[][]");
  type.is_set = true;
  CHECK(sqlType(type) == "SETOF integer[][]");
  TypeName mood;
  mood.schema = "app";
  mood.name = "Mood";
  mood.array_dimensions = 1;
  CHECK(sqlType(mood) == "app.\"Mood\"[]");
  TypeName reference;
  reference.schema = "users";
  reference.name = "id";
  reference.is_reference = true;
  CHECK(sqlType(reference) == "users.id%TYPE");
  TypeName geometry;
  geometry.name = "geometry";
  geometry.modifiers = {"point", "4326"};
  CHECK(sqlType(geometry) == "geometry(point,4326)");
}
