#include "lowered.hpp"

using namespace lockstep::sql;
using namespace lockstep::test;

static Query queryOf(std::string_view sql) { return only<Select>(sql).query; }

/// "schema.name alias @scope", with the access where it is no read.
static std::vector<std::string> relations(const Query &query) {
  std::vector<std::string> result;
  for (const RelationUse &use : query.relations) {
    std::string text = sqlName(use.name);
    if (!use.alias.empty())
      text += " " + use.alias;
    text += " @" + std::to_string(use.scope);
    if (use.access != Access::read)
      text += use.access == Access::write ? " write" : " lock";
    result.push_back(text);
  }
  return result;
}

/// "relation.column" by the relation's index, or "?.column@scope" for a bare one.
static std::vector<std::string> columns(const Query &query) {
  std::vector<std::string> result;
  for (const ColumnUse &use : query.columns) {
    if (use.relation >= 0)
      result.push_back(std::to_string(use.relation) + "." + use.name);
    else if (use.relation == ColumnUse::of_target)
      result.push_back("target." + use.name);
    else
      result.push_back("?." + use.name + "@" + std::to_string(use.scope));
  }
  return result;
}

static std::vector<std::string> outputs(const Query &query) {
  std::vector<std::string> result;
  for (const OutputColumn &output : query.outputs)
    result.push_back(output.column < 0 ? output.name
                                       : output.name + "=" + std::to_string(output.column));
  return result;
}

using Texts = std::vector<std::string>;

TEST_CASE("qualified columns belong to their relation, bare ones to any in scope") {
  Query query =
      queryOf("SELECT u.id, o.*, total FROM app.users u JOIN orders o ON o.user_id = u.id "
              "WHERE orders.x = 1 AND o.y IS NULL LIMIT 5");
  CHECK(relations(query) == Texts{"app.users u @0", "orders o @0"});
  CHECK(columns(query) == Texts{"1.user_id", "0.id", "0.id", "1.*", "?.total@0", "1.y"});
  CHECK(outputs(query) == Texts{"id=2", "*=3", "total=4"});
  CHECK((query.is_limited && query.has_where));
}

TEST_CASE("a column may be qualified by schema and table") {
  Query query = queryOf("SELECT app.t.a, t.b FROM app.t, other.t AS x");
  CHECK(columns(query) == Texts{"0.a", "0.b"});
}

TEST_CASE("ranges of relations and columns are exact") {
  std::string sql = "SELECT u . \"Id\" FROM app . users u";
  Query query = queryOf(sql);
  CHECK(slice(sql, query.columns.at(0).where) == "u . \"Id\"");
  CHECK(slice(sql, query.relations.at(0).name.where) == "app . users");
  CHECK(query.text == sql);
}

TEST_CASE("sub-selects are scopes that see the outer ones") {
  Query query = queryOf("SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.x = t.y AND z)");
  CHECK(relations(query) == Texts{"t @0", "u @1"});
  CHECK(columns(query) == Texts{"?.a@0", "1.x", "0.y", "?.z@1"});
  CHECK(query.scopes == std::vector<int>{-1, 0});
}

TEST_CASE("a sub-select in FROM sees its neighbours only if it is LATERAL") {
  CHECK(queryOf("SELECT 1 FROM t, (SELECT a FROM u) s").scopes == std::vector<int>{-1, -1});
  Query lateral = queryOf("SELECT s.a FROM t, LATERAL (SELECT t.b AS a FROM u) s");
  CHECK(lateral.scopes == std::vector<int>{-1, 0});
  CHECK(columns(lateral) == Texts{"0.b"}); // s.a is a column of no relation.
  CHECK(outputs(lateral) == Texts{"a"});
}

TEST_CASE("CTEs are no relations") {
  Query query = queryOf("WITH c AS (SELECT a FROM t), d AS (SELECT * FROM c) "
                        "SELECT d.a FROM d JOIN app.c ON true");
  CHECK(relations(query) == Texts{"t @1", "app.c @0"});
}

TEST_CASE("a CTE is seen after it is defined, with RECURSIVE also before") {
  CHECK(relations(queryOf("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM b")) ==
        Texts{"b @1"});
  CHECK(relations(queryOf("WITH RECURSIVE a AS (SELECT 1 UNION SELECT * FROM a) "
                          "SELECT * FROM a")) == Texts{});
  CHECK(relations(queryOf("SELECT (WITH c AS (SELECT 1) SELECT 1 FROM c) FROM c")) ==
        Texts{"c @0"});
}

TEST_CASE("a CTE that writes makes its target a written relation, and is an op of its own") {
  std::string sql = "WITH gone AS (DELETE FROM t WHERE t.a = 1 RETURNING b), "
                    "put AS MATERIALIZED (INSERT INTO u (x) SELECT b FROM gone) SELECT * FROM gone";
  std::vector<Op> ops = lowered(sql);
  REQUIRE(ops.size() == 3);
  const Delete &gone = std::get<Delete>(ops[1]);
  CHECK(gone.table.name == "t");
  CHECK(slice(sql, gone.where) == "DELETE FROM t WHERE t.a = 1 RETURNING b");
  const Insert &put = std::get<Insert>(ops[2]);
  CHECK(put.table.name == "u");
  CHECK(slice(sql, put.where) == "INSERT INTO u (x) SELECT b FROM gone");
  CHECK(relations(put.query).empty());
  const Query &query = std::get<Select>(ops[0]).query;
  CHECK(relations(query) == Texts{"t @1 write", "u @2 write"});
  CHECK(columns(query) == Texts{"0.a", "?.b@1", "1.x", "?.b@3", "?.*@0"});
}

TEST_CASE("FOR UPDATE locks all relations of its level, or those it names") {
  CHECK(relations(queryOf("SELECT 1 FROM t, u FOR UPDATE")) == Texts{"t @0 lock", "u @0 lock"});
  CHECK(relations(queryOf("SELECT 1 FROM t x, u FOR SHARE OF x")) == Texts{"t x @0 lock", "u @0"});
  CHECK(relations(
            queryOf("SELECT 1 FROM (SELECT 1 FROM t WHERE (SELECT true FROM u)) s FOR UPDATE")) ==
        Texts{"t @1 lock", "u @2"});
}

TEST_CASE("set operations are levels of their own and take their names from the first") {
  Query query = queryOf("SELECT a AS x, b FROM t UNION ALL SELECT c, d FROM u ORDER BY x LIMIT 1");
  CHECK(relations(query) == Texts{"t @1", "u @2"});
  CHECK(columns(query) == Texts{"?.a@1", "?.b@1", "?.c@2", "?.d@2"});
  CHECK(outputs(query) == Texts{"x=0", "b=1"});
  CHECK((query.is_limited && !query.has_where));
}

TEST_CASE("ORDER BY and GROUP BY may name outputs") {
  CHECK(columns(queryOf("SELECT a AS x FROM t GROUP BY x ORDER BY x, b")) ==
        Texts{"?.a@0", "?.b@0"});
  CHECK(columns(queryOf("SELECT DISTINCT ON (c) a AS x FROM t ORDER BY lower(x)")) ==
        Texts{"?.a@0", "?.c@0", "?.x@0"});
}

TEST_CASE("JOIN USING names a column of each side") {
  CHECK(columns(queryOf("SELECT 1 FROM a JOIN b USING (id, k)")) ==
        Texts{"0.id", "1.id", "0.k", "1.k"});
  CHECK(columns(queryOf("SELECT 1 FROM a JOIN b USING (id) JOIN c USING (id)")) ==
        Texts{"0.id", "1.id", "?.id@0", "2.id"});
}

TEST_CASE("functions in FROM are no relations, their alias no column") {
  Query query = queryOf("SELECT g, g.g, t.a FROM generate_series(1, t.n) g, t");
  CHECK(relations(query) == Texts{"t @0"});
  CHECK(columns(query) == Texts{"0.a"});
  REQUIRE(query.functions.size() == 1);
  CHECK(query.functions[0].name.name == "generate_series");
  CHECK(query.functions[0].argument_count == 2);
}

TEST_CASE("functions and cast types are gathered") {
  Query query = queryOf("SELECT app.f(a, 1), count(*), b::app.mood, 'x'::app.mood FROM t");
  REQUIRE(query.functions.size() == 2);
  CHECK(query.functions[0].name == QualifiedName{"app", "f", {}});
  CHECK(query.functions[1].argument_count == 0);
  REQUIRE(query.types.size() == 1);
  CHECK(sqlType(query.types[0]) == "app.mood");
}

TEST_CASE("outputs are named as PostgreSQL names them") {
  auto name = [](std::string_view target) {
    Query query = queryOf("SELECT " + std::string(target));
    REQUIRE(query.outputs.size() == 1);
    return query.outputs[0].name;
  };
  CHECK(name("1") == "?column?");
  CHECK(name("1 AS x") == "x");
  CHECK(name("1 + 2") == "?column?");
  CHECK(name("app.f(1)") == "f");
  CHECK(name("'1'::int") == "int4");
  CHECK(name("f(1)::text") == "f");
  CHECK(name("(a).b[1]") == "b");
  CHECK(name("CASE WHEN true THEN 1 END") == "case");
  CHECK(name("CASE WHEN true THEN 1 ELSE f() END") == "f");
  CHECK(name("COALESCE(1, 2)") == "coalesce");
  CHECK(name("GREATEST(1, 2)") == "greatest");
  CHECK(name("NULLIF(1, 2)") == "nullif");
  CHECK(name("ARRAY[1]") == "array");
  CHECK(name("ROW(1)") == "row");
  CHECK(name("EXISTS (SELECT 1)") == "exists");
  CHECK(name("(SELECT 1 AS y)") == "y");
  CHECK(name("(SELECT 1)") == "?column?");
  CHECK(name("CURRENT_TIMESTAMP(3)") == "current_timestamp");
  CHECK(name("EXTRACT(year FROM now())") == "extract");
  CHECK(name("now() AT TIME ZONE 'UTC'") == "timezone");
  CHECK(name("json_value('{}', '$')") == "json_value");
}

TEST_CASE("VALUES has numbered outputs") {
  CHECK(outputs(queryOf("VALUES (1, 'x'), (2, f())")) == Texts{"column1", "column2"});
}

TEST_CASE("LIMIT ALL limits nothing") {
  CHECK_FALSE(queryOf("SELECT 1 FROM t LIMIT ALL").is_limited);
  CHECK(queryOf("SELECT 1 FROM t FETCH FIRST ROW ONLY").is_limited);
}

TEST_CASE("a long chain of operators or of UNION loses nothing") {
  std::string sum = "SELECT first";
  std::string all = "SELECT 1 FROM t";
  for (int i = 0; i < 3000; ++i) {
    sum += " || a";
    all += " UNION ALL SELECT 1 FROM t";
  }
  CHECK(queryOf(sum + " FROM t").columns.size() == 3001);
  CHECK(queryOf(all).relations.size() == 3001);
}

TEST_CASE("EXPLAIN, PREPARE, DECLARE and EXECUTE wrap a query") {
  auto explain = only<Select>("EXPLAIN (VERBOSE) UPDATE t SET a = 1");
  CHECK_FALSE(explain.runs);
  CHECK(relations(explain.query) == Texts{"t @0 write"});
  CHECK(explain.query.text == "UPDATE t SET a = 1");
  CHECK(only<Update>("EXPLAIN ANALYZE UPDATE t SET a = 1").table.name == "t");
  CHECK_FALSE(only<Select>("EXPLAIN (ANALYZE off) DELETE FROM t").runs);
  auto prepare = only<Select>("PREPARE q (int) AS SELECT a FROM t WHERE b = $1");
  CHECK((!prepare.runs && prepare.query.text == "SELECT a FROM t WHERE b = $1"));
  auto declare = only<Select>("DECLARE c CURSOR WITH HOLD FOR SELECT a FROM t");
  CHECK((declare.runs && declare.query.text == "SELECT a FROM t"));
  CHECK(only<Select>("EXECUTE q (1)").runs);
  CHECK(only<CreateTableAs>("EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1").table.name == "t");
}
