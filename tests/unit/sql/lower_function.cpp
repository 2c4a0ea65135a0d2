#include "lowered.hpp"

using namespace lockstep::sql;
using namespace lockstep::test;

TEST_CASE("functions keep signature, properties and body") {
  std::string sql =
      "CREATE OR REPLACE FUNCTION app.f(a int, INOUT b text DEFAULT 'x', VARIADIC c int[])\n"
      "RETURNS text LANGUAGE SQL STABLE STRICT SECURITY DEFINER PARALLEL SAFE\n"
      "SET search_path = app, pg_temp AS $$ SELECT b $$";
  auto op = only<CreateFunction>(sql);
  CHECK((op.function == QualifiedName{"app", "f", {}} && op.or_replace && !op.is_procedure));
  REQUIRE(op.parameters.size() == 3);
  CHECK((op.parameters[0].name == "a" && op.parameters[0].mode == 'i'));
  CHECK((op.parameters[1].mode == 'b' && op.parameters[1].default_value->text == "'x'"));
  CHECK((op.parameters[2].mode == 'v' && sqlType(op.parameters[2].type) == "integer[]"));
  CHECK((sqlType(op.returns) == "text" && op.language == "sql"));
  CHECK((op.volatility == FunctionVolatility::stable && op.strict && op.security_definer));
  CHECK((op.parallel == 's' && !op.is_atomic));
  REQUIRE(op.settings.size() == 1);
  CHECK((op.settings[0].name == "search_path" && op.settings[0].values.size() == 2));
  CHECK((op.body.text == " SELECT b " && op.body.verbatim));
  CHECK(slice(sql, op.body.where) == " SELECT b ");
}

TEST_CASE("a quoted body stands in the file byte for byte only without escapes") {
  auto plain = only<CreateFunction>("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
  CHECK((plain.body.verbatim && plain.body.text == "SELECT 1"));
  auto doubled =
      only<CreateFunction>("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT ''1'''");
  CHECK((!doubled.body.verbatim && doubled.body.text == "SELECT '1'"));
}

TEST_CASE("table functions and procedures") {
  auto table =
      only<CreateFunction>("CREATE FUNCTION f() RETURNS TABLE (x int, y text) LANGUAGE sql AS ''");
  REQUIRE(table.parameters.size() == 2);
  CHECK(table.parameters[1].mode == 't');
  CHECK(only<CreateFunction>("CREATE PROCEDURE p() LANGUAGE sql AS ''").is_procedure);
  CHECK(only<CreateFunction>("CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS ''")
            .returns.is_set);
  CHECK(sqlType(only<CreateFunction>("CREATE FUNCTION f(a t.x%TYPE) RETURNS int LANGUAGE sql AS ''")
                    .parameters.at(0)
                    .type) == "t.x%TYPE");
}

TEST_CASE("bodies of the SQL standard are statements") {
  std::string sql = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC\n"
                    "  INSERT INTO t VALUES (CASE WHEN true THEN 1 END);\n"
                    "  SELECT a FROM u;\nEND";
  auto op = only<CreateFunction>(sql);
  CHECK((op.is_atomic && op.language == "sql" && op.body.parsed));
  REQUIRE(op.body.statements.size() == 2);
  const Statement &insert = *op.body.statements[0].statement;
  CHECK(insert.kind == "InsertStmt");
  CHECK(slice(sql, insert.range) == "INSERT INTO t VALUES (CASE WHEN true THEN 1 END)");
  CHECK(slice(sql, op.body.statements[1].statement->range) == "SELECT a FROM u");
  auto returns = only<CreateFunction>("CREATE FUNCTION f(x int) RETURNS int RETURN app.g(x)");
  REQUIRE(returns.body.statements.size() == 1);
  const auto &select = std::get<Select>(returns.body.statements[0].statement->ops.at(0));
  CHECK(select.query.functions.at(0).name == QualifiedName{"app", "g", {}});
  CHECK(select.query.text == "RETURN app.g(x)");
}

TEST_CASE("ALTER FUNCTION, DO and CALL") {
  auto alter =
      only<AlterFunction>("ALTER FUNCTION app.f(int) IMMUTABLE SECURITY INVOKER SET a.b = 'c'");
  CHECK((alter.kind == ObjectKind::function && alter.has_arguments));
  CHECK(alter.volatility == FunctionVolatility::immutable);
  CHECK(alter.security_definer == false);
  CHECK(alter.settings.at(0).name == "a.b");
  std::string sql = "DO LANGUAGE plpgsql $x$ BEGIN END $x$";
  auto block = only<DoBlock>(sql);
  CHECK((block.language == "plpgsql" && block.body.text == " BEGIN END " && block.body.verbatim));
  CHECK(slice(sql, block.body.where) == " BEGIN END ");
  CHECK(only<Call>("CALL app.p(1)").procedure == QualifiedName{"app", "p", {}});
}
