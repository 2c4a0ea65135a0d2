#include "ddl/comment.hpp"
#include "ddl/function.hpp"
#include "ddl/named.hpp"
#include "ddl/policy.hpp"
#include "ddl/rights.hpp"
#include "ddl/sequence.hpp"
#include "ddl/trigger.hpp"
#include "ddl/type.hpp"
#include "ddl/view.hpp"
#include "support/replay.hpp"
#include "unit/ddl/texts.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::ddl;
using namespace lockstep::test;

static std::string functionText(std::string_view sql, std::string_view name) {
  const Replay replay(sql);
  CHECK(replay.refusals == std::vector<std::string>{});
  const std::vector<const Function *> functions =
      replay.catalog.findFunctions({{}, std::string(name), {}});
  REQUIRE(functions.size() == 1);
  return createFunction(*functions.front()).text;
}

TEST_CASE("a function is written with its attributes, its body in quotes that it does not hold") {
  CHECK(functionText("CREATE FUNCTION \"Add\"(\"A\" int, b int DEFAULT 1) RETURNS int LANGUAGE sql "
                     "IMMUTABLE STRICT AS 'SELECT $1 + $2';",
                     "Add") ==
        "CREATE FUNCTION public.\"Add\"(\"A\" integer, b integer DEFAULT 1)\n RETURNS integer\n"
        " LANGUAGE sql IMMUTABLE STRICT\n AS $$SELECT $1 + $2$$");
  CHECK(functionText("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT $$x$$';", "f")
            .ends_with(" AS $function$SELECT $$x$$$function$"));
  CHECK(functionText("CREATE PROCEDURE p(INOUT a int) LANGUAGE plpgsql AS 'BEGIN END';", "p")
            .starts_with("CREATE PROCEDURE public.p(INOUT a integer)\n LANGUAGE plpgsql"));
}

TEST_CASE("a view names its columns and its options") {
  const Replay replay("CREATE TABLE t (a int);"
                      "CREATE VIEW \"V\" (\"A\") WITH (security_barrier = true) AS SELECT a FROM t "
                      "WITH CHECK OPTION;"
                      "CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA;");
  CHECK(createView(replay.table("V")).text ==
        "CREATE VIEW public.\"V\" (\"A\") WITH (security_barrier=true) AS\nSELECT a FROM t\n"
        "WITH CASCADED CHECK OPTION");
  CHECK(createView(replay.table("m")).text ==
        "CREATE MATERIALIZED VIEW public.m (a) AS\nSELECT a FROM t\nWITH NO DATA");
}

TEST_CASE("types of each kind are written") {
  const Replay replay(
      "CREATE TYPE \"Mood\" AS ENUM ('it''s', 'ok');"
      "CREATE TYPE pair AS (\"A\" int, b text);"
      "CREATE DOMAIN email AS text NOT NULL CONSTRAINT \"At\" CHECK (VALUE ~ '@');"
      "ALTER DOMAIN email ADD CONSTRAINT long CHECK (length(VALUE) > 3) NOT VALID;");
  const auto type = [&](std::string_view name) -> const Type & {
    const Type *found = replay.catalog.findType({{}, std::string(name), {}});
    REQUIRE(found);
    return *found;
  };
  CHECK(createType(replay.catalog, type("Mood")).text ==
        "CREATE TYPE public.\"Mood\" AS ENUM (\n    'it''s',\n    'ok'\n)");
  CHECK(createType(replay.catalog, type("pair")).text ==
        "CREATE TYPE public.pair AS (\n    \"A\" integer,\n    b text\n)");
  CHECK(createType(replay.catalog, type("email")).text ==
        "CREATE DOMAIN public.email AS text NOT NULL\n    CONSTRAINT \"At\" CHECK (VALUE ~ '@')");
  CHECK(texts(addInvalidConstraints(replay.catalog, type("email"))) ==
        "ALTER DOMAIN public.email ADD CONSTRAINT long CHECK (length(VALUE) > 3) NOT VALID");
}

TEST_CASE("a sequence is written with the options that it was given, and with its owner") {
  const Replay replay("CREATE TABLE t (\"A\" int);"
                      "CREATE SEQUENCE \"S\" AS int INCREMENT BY 2 NO MAXVALUE CYCLE;"
                      "ALTER SEQUENCE \"S\" OWNED BY t.\"A\";"
                      "CREATE TABLE i (id int GENERATED ALWAYS AS IDENTITY);");
  CHECK(createSequence(replay.table("S")).text ==
        "CREATE SEQUENCE public.\"S\" AS integer INCREMENT BY 2 NO MAXVALUE CYCLE");
  CHECK(texts(setSequenceOwner(replay.catalog, replay.table("S"))) ==
        "ALTER SEQUENCE public.\"S\" OWNED BY public.t.\"A\"");
  CHECK(createSequence(replay.table("i_id_seq")).text.empty());
}

TEST_CASE("grants lead from what a new object has to what it has") {
  const Replay replay("CREATE TABLE \"T\" (\"A\" int, b int);"
                      "GRANT SELECT, INSERT ON \"T\" TO \"Reader\", PUBLIC;"
                      "GRANT UPDATE ON \"T\" TO admin WITH GRANT OPTION;"
                      "GRANT UPDATE (\"A\") ON \"T\" TO writer;"
                      "ALTER TABLE \"T\" OWNER TO \"Boss\";"
                      "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
                      "REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC;");
  const Relation &table = replay.table("T");
  const std::string of_column = "GRANT UPDATE (\"A\") ON TABLE public.\"T\" TO writer";
  CHECK(texts(rightsOf(table, 17)) ==
        "ALTER TABLE public.\"T\" OWNER TO \"Boss\"; "
        "GRANT INSERT, SELECT ON TABLE public.\"T\" TO \"Reader\"; "
        "GRANT UPDATE ON TABLE public.\"T\" TO admin WITH GRANT OPTION; "
        "GRANT INSERT, SELECT ON TABLE public.\"T\" TO PUBLIC; " +
            of_column);
  CHECK(texts(rightsOf(table, *table.findColumn("A"))) == of_column);
  CHECK(texts(rightsOf(table, *table.findColumn("b"))).empty());
  const std::vector<const Function *> functions = replay.catalog.findFunctions({{}, "f", {}});
  REQUIRE(functions.size() == 1);
  CHECK(texts(rightsOf(*functions.front(), 17)) ==
        "REVOKE EXECUTE ON FUNCTION public.f(integer) FROM PUBLIC");
}

TEST_CASE("triggers and policies are written with names that need quotes") {
  const Replay replay(
      "CREATE TABLE \"T\" (a int, \"B\" int);"
      "CREATE FUNCTION \"Log\"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TRIGGER \"On B\" BEFORE INSERT OR UPDATE OF \"B\" ON \"T\" FOR EACH ROW"
      " WHEN (NEW.a > 0) EXECUTE FUNCTION \"Log\"('it''s');"
      "ALTER TABLE \"T\" DISABLE TRIGGER \"On B\";"
      "CREATE POLICY \"Own\" ON \"T\" AS RESTRICTIVE FOR SELECT TO \"R\", PUBLIC USING (a = 1);"
      "ALTER TABLE \"T\" ENABLE ROW LEVEL SECURITY;");
  const Relation &table = replay.table("T");
  REQUIRE(table.findTrigger("On B"));
  CHECK(
      createTrigger(replay.catalog, table, *table.findTrigger("On B")).text ==
      "CREATE TRIGGER \"On B\" BEFORE INSERT OR UPDATE OF \"B\" ON public.\"T\" FOR EACH ROW WHEN "
      "(NEW.a > 0) EXECUTE FUNCTION public.\"Log\"('it''s')");
  CHECK(texts(setTriggerMode(table, *table.findTrigger("On B"))) ==
        "ALTER TABLE public.\"T\" DISABLE TRIGGER \"On B\"");
  REQUIRE(table.findPolicy("Own"));
  CHECK(createPolicy(table, *table.findPolicy("Own")).text ==
        "CREATE POLICY \"Own\" ON public.\"T\" AS RESTRICTIVE FOR SELECT TO \"R\", PUBLIC USING (a "
        "= 1)");
  CHECK(texts(setRowSecurity(table)) == "ALTER TABLE public.\"T\" ENABLE ROW LEVEL SECURITY");
}

TEST_CASE("comments name the object and its parts") {
  const Replay replay("CREATE TABLE \"T\" (\"A\" int CONSTRAINT \"C\" CHECK (\"A\" > 0), b int);"
                      "COMMENT ON TABLE \"T\" IS 'it''s'; COMMENT ON COLUMN \"T\".\"A\" IS 'a';"
                      "COMMENT ON CONSTRAINT \"C\" ON \"T\" IS 'c';");
  CHECK(texts(commentsOn(replay.table("T"))) ==
        "COMMENT ON TABLE public.\"T\" IS 'it''s'; COMMENT ON COLUMN public.\"T\".\"A\" IS 'a'; "
        "COMMENT ON CONSTRAINT \"C\" ON public.\"T\" IS 'c'");
}

TEST_CASE("a role that is there is let be, an extension's schema is made") {
  const Replay replay("CREATE ROLE \"R\"; CREATE EXTENSION \"uuid-ossp\" SCHEMA \"Ext\";");
  const NamedObject *role = replay.catalog.findObject(ObjectKind::role, {{}, "R", {}});
  REQUIRE(role);
  CHECK(texts(createNamed(replay.catalog, *role)) ==
        "DO $role$ BEGIN\n  CREATE ROLE \"R\";\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND "
        "$role$");
  const NamedObject *extension =
      replay.catalog.findObject(ObjectKind::extension, {{}, "uuid-ossp", {}});
  REQUIRE(extension);
  CHECK(texts(createNamed(replay.catalog, *extension)) ==
        "CREATE SCHEMA IF NOT EXISTS \"Ext\"; CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH "
        "SCHEMA \"Ext\"");
}
