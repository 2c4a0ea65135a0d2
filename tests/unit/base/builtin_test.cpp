#include "base/pg/builtin.hpp"
#include "base/pg/functions.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <initializer_list>
#include <string>
#include <vector>

using namespace lockstep::base;

static std::string letter(FunctionVolatility volatility) {
  return volatility == FunctionVolatility::immutable ? "i"
         : volatility == FunctionVolatility::stable  ? "s"
                                                     : "v";
}

/// The volatilities that a call may have and its result: "i text", "i-s", "-" if there is none.
static std::string describe(const std::optional<BuiltinFunction> &function) {
  if (!function)
    return "-";
  std::string text = letter(function->best);
  if (function->worst != function->best)
    text += "-" + letter(function->worst);
  if (!function->result.empty())
    text += " " + std::string(function->result);
  if (!function->extension.empty())
    text += " from " + std::string(function->extension);
  return text;
}

static std::string call(std::string_view name, std::initializer_list<std::string_view> arguments,
                        int postgres = 17) {
  return describe(findFunction(name, std::vector<std::string_view>(arguments), postgres));
}

static std::string infix(std::string_view left, std::string_view name, std::string_view right,
                         int postgres = 17) {
  return describe(findOperator(name, left, right, postgres));
}

static std::string coercion(std::string_view source, std::string_view target, int postgres = 17) {
  const std::optional<Coercion> found = findCoercion(source, target, postgres);
  if (!found)
    return "-";
  constexpr std::array methods{"none", "binary", "function", "inout", "array"};
  constexpr std::array contexts{"implicit", "assignment", "explicit"};
  return std::string(methods[static_cast<size_t>(found->method)]) + " " +
         contexts[static_cast<size_t>(found->context)] + " " + letter(found->volatility);
}

TEST_CASE("casts of pg_cast") {
  const std::optional<BuiltinCast> widen = findCast("int4", "int8", 15);
  REQUIRE(widen);
  CHECK(widen->method == CastMethod::function);
  CHECK(widen->context == CastContext::implicit);
  const std::optional<BuiltinCast> text = findCast("varchar", "text", 15);
  REQUIRE(text);
  CHECK(text->method == CastMethod::binary);
  CHECK(findCast("jsonb", "int4", 15)->context == CastContext::explicit_);
  CHECK(findCast("citext", "text", 15)->extension == "citext");
  CHECK(findCast("varchar", "varchar", 14));
  CHECK_FALSE(findCast("text", "int4", 17));
  CHECK_FALSE(findCast("int4", "bytea", 17));
  CHECK(findCast("int4", "bytea", 18));
}

TEST_CASE("the way from one type to another") {
  CHECK(coercion("int4", "int4") == "none implicit i");
  CHECK(coercion("int4", "int8") == "function implicit i");
  CHECK(coercion("int8", "int4") == "function assignment i");
  CHECK(coercion("varchar", "text") == "binary implicit i");
  CHECK(coercion("int4", "oid") == "binary implicit i");
  CHECK(coercion("cidr", "inet") == "binary implicit i");
  CHECK(coercion("timestamp", "timestamptz") == "function implicit s");
  CHECK(coercion("timestamptz", "date") == "function assignment s");
  CHECK(coercion("text", "timestamptz") == "inout explicit s");
  CHECK(coercion("text", "int4") == "inout explicit i");
  CHECK(coercion("int4", "text") == "inout assignment i");
  CHECK(coercion("date", "text") == "inout assignment s");
  CHECK(coercion("int4", "uuid") == "-");
  CHECK(coercion("_varchar", "_text") == "array implicit i");
  CHECK(coercion("_int4", "_int8") == "array implicit i");
  CHECK(coercion("_int4", "int4") == "-");
  CHECK(coercion("sql_identifier", "text") == "function implicit i");
  CHECK(coercion("sql_identifier", "name") == "binary implicit i");
  CHECK(coercion("status", "text") == "-");
}

TEST_CASE("types") {
  const std::optional<BuiltinType> varchar = findBuiltinType("varchar", 15);
  REQUIRE(varchar);
  CHECK(varchar->sql == "character varying");
  CHECK(varchar->category == 'S');
  CHECK(varchar->length == -1);
  CHECK(varchar->takes_modifier);
  CHECK(varchar->modifier_casts);
  CHECK(varchar->collatable);
  CHECK_FALSE(varchar->preferred);
  CHECK_FALSE(varchar->is_array);
  CHECK(varchar->extension.empty());

  const std::optional<BuiltinType> integers = findBuiltinType("_int4", 15);
  REQUIRE(integers);
  CHECK(integers->is_array);
  CHECK(integers->base == "int4");
  CHECK(integers->sql == "integer[]");
  CHECK(builtinArrayOf("int4", 15) == "_int4");
  CHECK(builtinArrayOf("internal", 15).empty());

  CHECK(findBuiltinType("int8", 15)->length == 8);
  CHECK(findBuiltinType("text", 15)->preferred);
  CHECK_FALSE(findBuiltinType("oidvector", 15)->is_array);
  CHECK(findBuiltinType("timestamptz", 15)->input == FunctionVolatility::stable);
  CHECK(findBuiltinType("int4range", 15)->kind == BuiltinTypeKind::range);
  CHECK(findBuiltinType("int4range", 15)->base == "int4");
  CHECK(findBuiltinType("yes_or_no", 15)->kind == BuiltinTypeKind::domain);
  CHECK(findBuiltinType("yes_or_no", 15)->base == "varchar");
  CHECK(findBuiltinType("citext", 15)->extension == "citext");
  CHECK(findBuiltinType("aclitem", 15)->length == 12);
  CHECK(findBuiltinType("aclitem", 16)->length == 16);
  CHECK_FALSE(findBuiltinType("users", 15));
  CHECK_FALSE(findBuiltinType("", 15));
}

TEST_CASE("names of types in SQL") {
  CHECK(builtinTypeFromSql("integer", 15) == "int4");
  CHECK(builtinTypeFromSql("int", 15) == "int4");
  CHECK(builtinTypeFromSql("int4", 15) == "int4");
  CHECK(builtinTypeFromSql("numeric", 15) == "numeric");
  CHECK(builtinTypeFromSql("time", 15) == "time");
  CHECK(builtinTypeFromSql("timestamp with time zone", 15) == "timestamptz");
  CHECK(builtinTypeFromSql("char", 15) == "bpchar");
  CHECK(builtinTypeFromSql("\"char\"", 15) == "char");
  CHECK(builtinTypeFromSql("character varying[]", 15) == "_varchar");
  CHECK(builtinTypeFromSql("jsonb", 15) == "jsonb");
  CHECK(builtinTypeFromSql("citext", 15) == "citext");
  CHECK(builtinTypeFromSql("nothing", 15).empty());
}

TEST_CASE("volatility of functions") {
  CHECK(call("now", {}) == "s timestamptz");
  CHECK(call("random", {}) == "v float8");
  CHECK(call("gen_random_uuid", {}) == "v uuid");
  CHECK(call("statement_timestamp", {}) == "s timestamptz");
  CHECK(call("clock_timestamp", {}) == "v timestamptz");
  CHECK(call("lower", {"text"}) == "i text");
  CHECK(call("nextval", {literal_type}) == "v int8");
  CHECK(call("uuidv7", {}, 18) == "v uuid");
  CHECK(call("uuidv7", {}, 17) == "-");
  CHECK(call("random", {"int4", "int4"}, 16) == "-");
  CHECK(call("random", {"int4", "int4"}, 17) == "v int4");
  CHECK(call("uuid_generate_v4", {}) == "v uuid from uuid-ossp");
  CHECK(call("crypt", {"text", "text"}) == "i text from pgcrypto");
  CHECK(call("no_such_function", {}) == "-");
  CHECK(call("now", {"text"}) == "-");
  CHECK(isBuiltinFunction("now", 15));
  CHECK_FALSE(isBuiltinFunction("uuid_generate_v4", 15));
  CHECK_FALSE(isBuiltinFunction("uuidv7", 17));
}

TEST_CASE("overloads are chosen by the types of the arguments") {
  CHECK(call("date_trunc", {literal_type, "timestamp"}) == "i timestamp");
  CHECK(call("date_trunc", {literal_type, "timestamptz"}) == "s timestamptz");
  CHECK(call("date_trunc", {literal_type, "date"}) == "s timestamptz");
  CHECK(call("date_trunc", {literal_type, any_type}) == "i-s");
  CHECK(call("date_trunc", {literal_type, "timestamptz", literal_type}, 15) == "s timestamptz");
  CHECK(call("date_trunc", {literal_type, "timestamptz", literal_type}, 16) == "i timestamptz");
  CHECK(call("abs", {"int2"}) == "i int2");
  CHECK(call("abs", {"varchar"}) == "-");
  CHECK(call("lower", {"varchar"}) == "i text");
  CHECK(call("lower", {"citext"}) == "i text");
  CHECK(call("replace", {"citext", "citext", "citext"}) == "i text from citext");
  CHECK(call("replace", {any_type, any_type, any_type}) == "i text");
  CHECK(call("lower", {"int4range"}) == "i int4");
  CHECK(call("sum", {"int4"}) == "i int8");
  CHECK(call("to_char", {"date", literal_type}) == "s text");
  CHECK(call("age", {"timestamp"}) == "s interval");
  CHECK(call("age", {"timestamp", "timestamp"}) == "i interval");
  CHECK(call("status_of", {"status"}) == "-");
  CHECK(describe(findFunction("date_trunc", 2, 17)) == "i-s");
}

TEST_CASE("defaults, variadic and polymorphic parameters") {
  CHECK(call("make_interval", {}) == "i interval");
  CHECK(call("make_interval", {"int4", "int4", "int4"}) == "i interval");
  CHECK(call("concat", {"text", "int4", literal_type}) == "s text");
  CHECK(call("concat", {}) == "-");
  CHECK(call("format", {literal_type}) == "s text");
  CHECK(call("num_nulls", {"text", "int4"}) == "i int4");
  CHECK(call("array_append", {"_text", literal_type}) == "i _text");
  CHECK(call("unnest", {"_uuid"}) == "i uuid");
  CHECK(call("array_agg", {"int8"}) == "i _int8");
  CHECK(call("jsonb_build_object", {literal_type, "int4"}) == "s jsonb");
}

TEST_CASE("casts in function notation") {
  CHECK(call("text", {"int4"}) == "i text");
  CHECK(call("text", {"timestamptz"}) == "s text");
  CHECK(call("int4", {"text"}) == "i int4");
  CHECK(call("date", {"timestamptz"}) == "s date");
  CHECK(call("date", {literal_type}) == "s date");
  CHECK(call("uuid", {"int4"}) == "-");
}

TEST_CASE("kinds of functions") {
  CHECK(findFunction("count", 1, 15)->aggregate);
  CHECK(findFunction("row_number", 0, 15)->window);
  CHECK(findFunction("generate_series", 2, 15)->returns_set);
  const std::optional<BuiltinFunction> plain = findFunction("lower", 1, 15);
  REQUIRE(plain);
  CHECK_FALSE(plain->aggregate);
  CHECK_FALSE(plain->window);
  CHECK_FALSE(plain->procedure);
  CHECK_FALSE(plain->returns_set);
}

TEST_CASE("operators") {
  CHECK(infix("timestamptz", "+", "interval") == "s timestamptz");
  CHECK(infix("timestamp", "+", "interval") == "i timestamp");
  CHECK(infix("date", "<", "timestamptz") == "s bool");
  CHECK(infix("timestamptz", "<", literal_type) == "i bool");
  CHECK(infix("text", "||", "text") == "i text");
  CHECK(infix("text", "||", literal_type) == "i text");
  CHECK(infix("text", "||", "int4") == "s text");
  CHECK(infix("varchar", "=", literal_type) == "i bool");
  CHECK(infix("int4", "+", "int8") == "i int8");
  CHECK(infix("jsonb", "->>", literal_type) == "i text");
  CHECK(infix("citext", "=", "citext") == "i bool from citext");
  CHECK(infix("hstore", "->", literal_type) == "i text from hstore");
  CHECK(infix(any_type, "<", any_type) == "i-s bool");
  CHECK(infix("text", "<=>", "text") == "-");
  CHECK(describe(findOperator("-", std::nullopt, "int4", 17)) == "i int4");
  CHECK(describe(findOperator("->>", std::nullopt, "int4", 17)) == "-");
}

TEST_CASE("operator classes") {
  const std::optional<BuiltinOpclass> varchar = defaultOpclass("varchar", "btree", 15);
  REQUIRE(varchar);
  CHECK(varchar->name == "text_ops");
  CHECK(varchar->family == "text_ops");
  CHECK(varchar->input_type == "text");
  CHECK(varchar->method == "btree");
  CHECK(defaultOpclass("int4", "btree", 15)->family == "integer_ops");
  CHECK(defaultOpclass("int8", "btree", 15)->family == "integer_ops");
  CHECK(defaultOpclass("int4", "hash", 15)->name == "int4_ops");
  CHECK(defaultOpclass("bpchar", "btree", 15)->name == "bpchar_ops");
  CHECK(defaultOpclass("_text", "btree", 15)->name == "array_ops");
  CHECK(defaultOpclass("jsonb", "gin", 15)->name == "jsonb_ops");
  CHECK(defaultOpclass("cidr", "btree", 15)->name == "inet_ops");
  CHECK(defaultOpclass("int4", "gist", 15)->extension == "btree_gist");
  CHECK_FALSE(defaultOpclass("json", "btree", 15));
  CHECK_FALSE(defaultOpclass("status", "btree", 15));
  const std::optional<BuiltinOpclass> pattern = findOpclass("varchar_pattern_ops", "btree", 15);
  REQUIRE(pattern);
  CHECK(pattern->family == "text_pattern_ops");
  CHECK_FALSE(pattern->is_default);
  CHECK(findOpclass("gin_trgm_ops", "gin", 15)->extension == "pg_trgm");
  CHECK_FALSE(findOpclass("text_ops", "gist", 15));
}

TEST_CASE("types that serve as others unchanged") {
  CHECK(isBinaryCoercible("varchar", "text", 15));
  CHECK(isBinaryCoercible("_int4", "anyarray", 15));
  CHECK(isBinaryCoercible("int4range", "anyrange", 15));
  CHECK(isBinaryCoercible("character_data", "varchar", 15));
  CHECK_FALSE(isBinaryCoercible("int4", "int8", 15));
  CHECK_FALSE(isBinaryCoercible("int4", "anyarray", 15));
  CHECK_FALSE(isBinaryCoercible("oid", "int4", 15));
}

TEST_CASE("keywords") {
  const auto category = [](std::string_view word) { return findKeyword(word, 17)->category; };
  CHECK(category("select") == KeywordCategory::reserved);
  CHECK(category("user") == KeywordCategory::reserved);
  CHECK(category("left") == KeywordCategory::type_or_function);
  CHECK(category("between") == KeywordCategory::column_name);
  CHECK(category("name") == KeywordCategory::unreserved);
  CHECK(findKeyword("name", 17)->bare_label);
  CHECK_FALSE(findKeyword("year", 17)->bare_label);
  CHECK_FALSE(findKeyword("users", 17));
  CHECK_FALSE(findKeyword("json_table", 16));
  CHECK(findKeyword("json_table", 17));
  CHECK_FALSE(findKeyword("enforced", 17));
  CHECK(findKeyword("enforced", 18));
}

TEST_CASE("system relations") {
  CHECK(findSystemRelation("pg_catalog", "pg_class", 15)->kind == 'r');
  CHECK(findSystemRelation("", "pg_stat_activity", 15)->kind == 'v');
  const std::optional<SystemRelation> columns =
      findSystemRelation("information_schema", "columns", 15);
  REQUIRE(columns);
  CHECK(columns->name == "columns");
  CHECK(columns->kind == 'v');
  CHECK(findSystemRelation("public", "pg_stat_statements", 15)->extension == "pg_stat_statements");
  CHECK_FALSE(findSystemRelation("pg_catalog", "pg_stat_statements", 15));
  CHECK_FALSE(findSystemRelation("", "columns", 15));
  CHECK_FALSE(findSystemRelation("public", "pg_class", 15));
  CHECK_FALSE(findSystemRelation("pg_catalog", "pg_wait_events", 16));
  CHECK(findSystemRelation("pg_catalog", "pg_wait_events", 17));
}

TEST_CASE("extensions") {
  CHECK(findExtension("pgcrypto", 15)->trusted);
  CHECK_FALSE(findExtension("postgres_fdw", 15)->trusted);
  CHECK(findExtension("earthdistance", 15)->required == "cube");
  CHECK_FALSE(findExtension("postgis", 15));
  CHECK(findExtension("adminpack", 16));
  CHECK_FALSE(findExtension("adminpack", 17));
}
