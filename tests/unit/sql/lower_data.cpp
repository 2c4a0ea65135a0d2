#include "lowered.hpp"

using namespace lockstep::sql;
using namespace lockstep::test;

using Texts = std::vector<std::string>;

TEST_CASE("INSERT … VALUES counts rows and values") {
  auto op = only<Insert>("INSERT INTO app.t (a, b) VALUES (1, 'x'), (2, DEFAULT)");
  CHECK(op.table == QualifiedName{"app", "t", {}});
  CHECK(op.columns == Texts{"a", "b"});
  CHECK(op.source == InsertSource::values);
  CHECK((op.row_count == 2 && op.value_count == 2));
  CHECK_FALSE(op.on_conflict);
  CHECK((op.query.text.empty() && op.query.relations.empty()));
}

TEST_CASE("values that are no literals are still seen") {
  auto op = only<Insert>("INSERT INTO t VALUES (nextval('s'), (SELECT max(x) FROM u), now()), "
                         "(nextval('s'), 2, now())");
  REQUIRE(op.query.functions.size() == 3);
  CHECK(op.query.functions[0].name.name == "nextval");
  REQUIRE(op.query.relations.size() == 1);
  CHECK(op.query.relations[0].name.name == "u");
}

TEST_CASE("INSERT from a query and DEFAULT VALUES") {
  auto op = only<Insert>("WITH c AS (SELECT 1) INSERT INTO t SELECT u.a FROM u, c RETURNING id, *");
  CHECK(op.source == InsertSource::query);
  REQUIRE(op.query.relations.size() == 1);
  CHECK(op.query.relations[0].name.name == "u");
  REQUIRE(op.query.outputs.size() == 2);
  CHECK(op.query.outputs[0].name == "id");
  CHECK(only<Insert>("INSERT INTO t DEFAULT VALUES").source == InsertSource::default_values);
}

TEST_CASE("ON CONFLICT keeps its arbiter; EXCLUDED is the target") {
  auto op = only<Insert>("INSERT INTO t AS x (a) VALUES (1) ON CONFLICT (a, b) WHERE c > 0 "
                         "DO UPDATE SET d = excluded.d || x.d || t.d");
  REQUIRE(op.on_conflict);
  CHECK(op.on_conflict->update);
  CHECK(op.on_conflict->columns == Texts{"a", "b"});
  Texts found;
  for (const ColumnUse &use : op.query.columns)
    found.push_back((use.relation == ColumnUse::of_target ? "target." : "") + use.name);
  CHECK(found == Texts{"c", "target.d", "target.d"}); // An alias hides the name.
  auto named = only<Insert>("INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT k DO NOTHING");
  CHECK((named.on_conflict->constraint == "k" && !named.on_conflict->update));
}

TEST_CASE("UPDATE keeps assignments, condition and what it reads") {
  std::string sql = "UPDATE ONLY app.t x SET a = x.b + (1), (c, d) = (u.e, 'y'), f = DEFAULT "
                    "FROM u WHERE (x.id = u.id)";
  auto op = only<Update>(sql);
  CHECK(op.table == QualifiedName{"app", "t", {}});
  CHECK((op.alias == "x" && op.only && op.has_from));
  REQUIRE(op.assignments.size() == 4);
  CHECK(slice(sql, op.assignments[0].where) == "a = x.b + (1)");
  CHECK(slice(sql, op.assignments[0].value.where) == "x.b + (1)");
  CHECK(op.assignments[1].column == "c");
  CHECK(slice(sql, op.assignments[1].value.where) == "u.e");
  CHECK(op.assignments[2].column == "d");
  CHECK(slice(sql, op.assignments[2].value.where) == "'y'");
  REQUIRE(op.condition);
  CHECK(slice(sql, op.condition->where) == "x.id = u.id");
  REQUIRE(op.query.relations.size() == 1);
  CHECK(op.query.relations[0].name.name == "u");
  Texts found;
  for (const ColumnUse &use : op.query.columns)
    found.push_back((use.relation == ColumnUse::of_target ? "target." : "u.") + use.name);
  CHECK(found == Texts{"target.b", "u.e", "target.id", "u.id"});
  CHECK(op.query.text == sql);
}

TEST_CASE("a batched UPDATE shows its limit in the sub-select") {
  auto op = only<Update>("WITH b AS (SELECT id FROM t LIMIT 10) UPDATE t SET a = 1 "
                         "WHERE id IN (SELECT id FROM b) AND k IN (SELECT k FROM t LIMIT 5)");
  REQUIRE(op.condition);
  REQUIRE(op.condition->kind == ExpressionKind::conjunction);
  const Expression &cte = op.condition->arguments[0], &limited = op.condition->arguments[1];
  CHECK(cte.query->relations.empty()); // A CTE of the statement is none inside either.
  CHECK(limited.query->is_limited);
}

TEST_CASE("DELETE and MERGE") {
  auto op = only<Delete>("DELETE FROM t AS x USING u WHERE x.a = u.a RETURNING x.b");
  CHECK((op.alias == "x" && op.has_using && !op.only && op.condition));
  CHECK(op.query.outputs.at(0).name == "b");
  CHECK_FALSE(only<Delete>("DELETE FROM t").condition);
  auto merge = only<Merge>("MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = u.b "
                           "WHEN NOT MATCHED THEN INSERT (a) VALUES (u.a)");
  CHECK((merge.inserts && merge.updates && !merge.deletes));
  CHECK(merge.query.relations.size() == 1);
}

TEST_CASE("COPY, TRUNCATE and LOCK") {
  auto from = only<Copy>("COPY app.t (a, b) FROM STDIN");
  CHECK((from.from && from.columns == Texts{"a", "b"} && !from.program));
  auto query = only<Copy>("COPY (SELECT a FROM t) TO PROGRAM 'x'");
  CHECK((!query.from && query.table.empty() && query.program));
  CHECK(query.query.text == "SELECT a FROM t");
  auto truncate = only<Truncate>("TRUNCATE ONLY a, app.b RESTART IDENTITY CASCADE");
  CHECK((truncate.tables.size() == 2 && truncate.cascade && truncate.restart_identity));
  CHECK(truncate.only == std::vector<bool>{true, false});
  auto lock = only<LockTable>("LOCK TABLE a, b IN SHARE ROW EXCLUSIVE MODE NOWAIT");
  CHECK((lock.mode == LockMode::share_row_exclusive && lock.nowait && lock.tables.size() == 2));
  CHECK(only<LockTable>("LOCK a").mode == LockMode::access_exclusive);
}
