#include "lowered.hpp"

using namespace lockstep::sql;
using namespace lockstep::test;

/// The text that a DEFAULT of `expression` is found to span, and its root.
static std::pair<std::string, Expression> rootOf(std::string_view expression) {
  std::string sql = "DELETE FROM t WHERE (" + std::string(expression) + ")";
  auto op = only<Delete>(sql);
  REQUIRE(op.condition);
  return {slice(sql, op.condition->where), *op.condition};
}
static Expression parsed(std::string_view expression) { return rootOf(expression).second; }

TEST_CASE("an expression spans from its first to its last byte") {
  for (std::string_view expression : {"a",
                                      "t.a",
                                      "a.b.c",
                                      "1",
                                      "- 5",
                                      "-(5)",
                                      "- - 5",
                                      "+ a",
                                      "'x'",
                                      "E'a\\n'",
                                      "$$x$$",
                                      "$1",
                                      "NULL",
                                      "true",
                                      "B'101'",
                                      "a + b",
                                      "(a + b) * (c - d)",
                                      "((a)) = ((b))",
                                      "NOT (a)",
                                      "a AND (b OR c)",
                                      "(a AND b) AND (c)",
                                      "a IS NULL",
                                      "(a) IS NOT NULL",
                                      "a ISNULL",
                                      "a NOTNULL",
                                      "(a) IS NOT TRUE",
                                      "a IS UNKNOWN",
                                      "a::int",
                                      "(a + 1)::numeric(10, 2)[]",
                                      "a::timestamp (3) with time zone",
                                      "a::character varying(20)",
                                      "a::double precision",
                                      "CAST(a AS app.mood)",
                                      "int '1'",
                                      "INTERVAL '1' DAY TO SECOND (3)",
                                      "interval(3) '1 day'",
                                      "f()",
                                      "app.f(a, (b))",
                                      "count(*) FILTER (WHERE a > 0)",
                                      "sum(a) OVER (PARTITION BY (b))",
                                      "sum(a) OVER w",
                                      "percentile_cont(0.5) WITHIN GROUP (ORDER BY a)",
                                      "a AT TIME ZONE 'UTC'",
                                      "(a) AT TIME ZONE ('UTC')",
                                      "a AT LOCAL",
                                      "EXTRACT(year FROM a)",
                                      "trim(both ' ' from a)",
                                      "collation for (a)",
                                      "(a, b) OVERLAPS (c, d)",
                                      "ROW(a, b) OVERLAPS (c, d)",
                                      "a IS NORMALIZED",
                                      "a IS NFC NORMALIZED",
                                      "a LIKE 'x' ESCAPE ('!')",
                                      "a NOT LIKE ('b')",
                                      "a SIMILAR TO 'x'",
                                      "a IN (1, (2))",
                                      "(a) NOT IN (1)",
                                      "a BETWEEN (1) AND (2)",
                                      "a NOT BETWEEN SYMMETRIC 1 AND 2",
                                      "a = ANY (ARRAY[1, 2])",
                                      "a <> ALL ('{}'::int[])",
                                      "a IS DISTINCT FROM (b)",
                                      "a IS NOT DISTINCT FROM b",
                                      "NULLIF(a, (b))",
                                      "a OPERATOR(pg_catalog.+) (b)",
                                      "CASE a WHEN 1 THEN (b) ELSE (c) END",
                                      "CASE WHEN a THEN (b) END",
                                      "COALESCE(a, (b))",
                                      "GREATEST(a, b)",
                                      "ARRAY[[1], [2]]",
                                      "ARRAY(SELECT 1)",
                                      "ROW(a, b)",
                                      "ROW()",
                                      "(a, b)",
                                      "a COLLATE \"C\"",
                                      "(a) COLLATE pg_catalog.\"C\"",
                                      "(a).b",
                                      "(f(a)).b[1]",
                                      "a[1]",
                                      "a[1:2][3]",
                                      "(a[1]).b",
                                      "EXISTS (SELECT 1)",
                                      "a IN (SELECT 1)",
                                      "(SELECT 1)",
                                      "a OPERATOR(app.=) ANY (SELECT 1)",
                                      "CURRENT_TIMESTAMP",
                                      "CURRENT_TIMESTAMP(3)",
                                      "CURRENT_USER",
                                      "xmlelement(name a, b)",
                                      "a IS DOCUMENT",
                                      "xmlserialize(content a as text)",
                                      "JSON_VALUE(a, '$')",
                                      "JSON_OBJECT('a': (b))",
                                      "JSON_ARRAYAGG(a) FILTER (WHERE b)",
                                      "f(a => (1))",
                                      "f(VARIADIC a)",
                                      "GROUPING(a)",
                                      "a || b || c",
                                      "a -> 'b' ->> 'c' = 'd'"}) {
    INFO(expression);
    // (SELECT 1) alone: the brackets around it are its own.
    std::string wanted = expression == "(SELECT 1)" ? "((SELECT 1))" : std::string(expression);
    CHECK(rootOf(expression).first == wanted);
  }
}

TEST_CASE("operands are placed with their own brackets only") {
  std::string sql = "DELETE FROM t WHERE ((a) + (b * 2)) = f((c))";
  auto op = only<Delete>(sql);
  std::vector<std::string> texts;
  forEachNode(*op.condition,
              [&](const Expression &node) { texts.push_back(slice(sql, node.where)); });
  CHECK(texts == std::vector<std::string>{"((a) + (b * 2)) = f((c))", "(a) + (b * 2)", "a", "b * 2",
                                          "b", "2", "f((c))", "c"});
}

TEST_CASE("literals keep their content and kind") {
  auto is = [](std::string_view sql, LiteralKind kind, std::string_view text) {
    Expression value = parsed(sql);
    INFO(sql);
    CHECK(value.kind == ExpressionKind::constant);
    CHECK(value.literal == kind);
    CHECK(value.name == text);
  };
  is("10", LiteralKind::integer, "10");
  is("-10", LiteralKind::integer, "-10");
  is("99999999999", LiteralKind::integer, "99999999999");
  is("1.50", LiteralKind::decimal, "1.50");
  is("1e5", LiteralKind::decimal, "1e5");
  is("'it''s'", LiteralKind::string, "it's");
  is("FALSE", LiteralKind::boolean, "false");
  is("B'01'", LiteralKind::bits, "b01");
  CHECK(parsed("NULL").kind == ExpressionKind::null_constant);
}

TEST_CASE("each form has its kind") {
  auto kind = [](std::string_view sql) { return parsed(sql).kind; };
  CHECK(kind("a") == ExpressionKind::column);
  CHECK(kind("$1") == ExpressionKind::parameter);
  CHECK(kind("now()") == ExpressionKind::function);
  CHECK(kind("CURRENT_DATE") == ExpressionKind::special);
  CHECK(kind("a = 1") == ExpressionKind::operation);
  CHECK(kind("a::int") == ExpressionKind::cast);
  CHECK(kind("a AND b") == ExpressionKind::conjunction);
  CHECK(kind("a OR b") == ExpressionKind::disjunction);
  CHECK(kind("NOT a") == ExpressionKind::negation);
  CHECK(kind("a IS NULL") == ExpressionKind::is_null);
  CHECK(kind("a IS NOT NULL") == ExpressionKind::is_not_null);
  CHECK(kind("a IS TRUE") == ExpressionKind::boolean_test);
  CHECK(kind("CASE WHEN a THEN b END") == ExpressionKind::case_);
  CHECK(kind("COALESCE(a, b)") == ExpressionKind::coalesce);
  CHECK(kind("ARRAY[a]") == ExpressionKind::array);
  CHECK(kind("ROW(a)") == ExpressionKind::row);
  CHECK(kind("a COLLATE \"C\"") == ExpressionKind::collate);
  CHECK(kind("EXISTS (SELECT 1)") == ExpressionKind::subquery);
  CHECK(kind("(a).b") == ExpressionKind::other);
}

TEST_CASE("operations are named") {
  auto name = [](std::string_view sql) { return parsed(sql).name; };
  CHECK(name("a + 1") == "+");
  CHECK(name("a LIKE 'x'") == "~~");
  CHECK(name("a NOT ILIKE 'x'") == "!~~*");
  CHECK(name("a IN (1, 2)") == "in");
  CHECK(name("a NOT IN (1, 2)") == "not in");
  CHECK(name("a BETWEEN 1 AND 2") == "between");
  CHECK(name("a IS DISTINCT FROM b") == "is distinct from");
  CHECK(name("a = ANY (b)") == "= any");
  CHECK(name("a IS NOT FALSE") == "is not false");
  CHECK(name("CURRENT_TIMESTAMP(3)") == "current_timestamp");
  CHECK(name("pg_catalog.lower(a)") == "lower");
  CHECK(parsed("pg_catalog.lower(a)").schema == "pg_catalog");
  CHECK(parsed("app.t.a").schema == "app.t");
  CHECK(parsed("a IN (1, 2, 3)").arguments.size() == 4);
  CHECK(parsed("a BETWEEN 1 AND 2").arguments.size() == 3);
}

TEST_CASE("all ways to cast are one") {
  for (std::string_view sql : {"'1'::int", "CAST('1' AS int)", "int '1'"}) {
    INFO(sql);
    Expression cast = parsed(sql);
    REQUIRE(cast.kind == ExpressionKind::cast);
    REQUIRE(cast.type);
    CHECK(sqlType(*cast.type) == "integer");
    REQUIRE(cast.arguments.size() == 1);
    CHECK(cast.arguments[0].name == "1");
  }
}

TEST_CASE("what an expression proves and reads") {
  CHECK(isConstant(parsed("'x'::text || 1")));
  CHECK_FALSE(isConstant(parsed("now()")));
  CHECK_FALSE(isConstant(parsed("CURRENT_DATE")));
  CHECK(columnsOf(parsed("b > a AND t.c = b")) == std::vector<std::string>{"a", "b", "c"});
  CHECK(provesNotNull(parsed("a IS NOT NULL AND b > 0"), "a"));
  CHECK_FALSE(provesNotNull(parsed("a IS NOT NULL OR b > 0"), "a"));
}

TEST_CASE("a sub-select keeps its query") {
  Expression in = parsed("a IN (SELECT b FROM u WHERE u.c = t.d)");
  CHECK((in.kind == ExpressionKind::subquery && in.name == "in"));
  REQUIRE(in.query);
  CHECK(in.query->text == "SELECT b FROM u WHERE u.c = t.d");
  REQUIRE(in.query->relations.size() == 1);
  CHECK(in.query->relations[0].name.name == "u");
  REQUIRE(in.query->columns.size() == 3);
  CHECK(in.query->columns[1].relation == 0);
  CHECK(in.query->columns[2].relation == ColumnUse::of_target);
}

TEST_CASE("what nests too deep is cut, not followed") {
  std::string chain = "a";
  for (int i = 0; i < 2000; ++i)
    chain += " + a";
  CHECK(parsed(chain).kind == ExpressionKind::operation);
  std::string nested;
  for (int i = 0; i < 1000; ++i)
    nested += "f(";
  nested += "a" + std::string(1000, ')');
  auto [text, root] = rootOf(nested);
  CHECK(text == nested);
  size_t deepest = 0;
  for (const Expression *node = &root; !node->arguments.empty(); node = &node->arguments[0])
    ++deepest;
  CHECK(deepest == 400);
  for (const std::string &deep : {chain, nested}) {
    Script script = parseScript("SELECT 1; DELETE FROM t WHERE " + deep + "; SELECT 2;");
    CHECK(script.statements.size() == 3);
    REQUIRE(script.problems.size() == 1);
    CHECK(script.problems[0].kind == ProblemKind::cut_short);
    CHECK(script.problems[0].where == Range{10, 16});
    CHECK(script.problems[0].statement.empty());
  }
}
