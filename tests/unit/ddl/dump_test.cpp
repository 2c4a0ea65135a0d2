#include "ddl/dump/dump.hpp"
#include "ddl/dump/order.hpp"
#include "support/replay.hpp"

#include <catch2/catch_test_macros.hpp>

#include <variant>

using namespace lockstep::ddl;
using namespace lockstep::test;

/// The names of a catalog's objects in the order in which they load; "+" where columns are added.
static std::string orderOf(std::string_view sql) {
  const Replay replay(sql);
  CHECK(replay.refusals == std::vector<std::string>{});
  std::string text;
  for (const LoadStep &step : loadOrder(replay.catalog)) {
    text += text.empty() ? "" : " ";
    if (const auto *relation = std::get_if<const Relation *>(&step.object))
      text += (*relation)->name + (step.adds_columns ? "+" : step.deferred.calls ? "*" : "");
    else if (const auto *type = std::get_if<const Type *>(&step.object))
      text += (*type)->name;
    else if (const auto *function = std::get_if<const Function *>(&step.object))
      text += (*function)->name + "()";
    else
      text += std::get<const NamedObject *>(step.object)->name.name;
  }
  return text;
}

TEST_CASE("objects load in the order of the history, each after what it is made of") {
  CHECK(orderOf("CREATE TABLE b (); CREATE TABLE a ();") == "b a");
  // The column's type was made after the table.
  CHECK(orderOf("CREATE TABLE t (); CREATE TYPE mood AS ENUM ('ok'); ALTER TABLE t ADD m mood;") ==
        "mood t");
  // A foreign key waits until all tables are there.
  CHECK(orderOf("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);"
                "ALTER TABLE a ADD FOREIGN KEY (id) REFERENCES b;") == "a b");
}

TEST_CASE("a default that calls a function of the table's row waits for both") {
  CHECK(orderOf("CREATE TABLE t (a int);"
                "CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 1';"
                "ALTER TABLE t ADD CHECK (f(t) > 0);") == "f() t*");
}

TEST_CASE("columns that stand behind a child's own are added when the child is there") {
  CHECK(orderOf("CREATE TABLE p (a int); CREATE TABLE c (b int) INHERITS (p);"
                "ALTER TABLE p ADD late int;") == "p c p+");
}

TEST_CASE("a dump makes objects first and ties them together after that") {
  const Replay replay("CREATE TABLE a (id int PRIMARY KEY);"
                      "CREATE TABLE b (id int REFERENCES a); CREATE INDEX ON b (id);"
                      "COMMENT ON TABLE a IS 'x';");
  CHECK(schemaSql(replay.catalog, 17) ==
        "SET check_function_bodies = off;\n\n"
        "SET search_path = public;\n\n"
        "CREATE TABLE public.a (\n    id integer NOT NULL,\n    CONSTRAINT a_pkey PRIMARY KEY "
        "(id)\n);\n\n"
        "CREATE TABLE public.b (\n    id integer\n);\n\n"
        "CREATE INDEX b_id_idx ON public.b USING btree (id);\n\n"
        "ALTER TABLE ONLY public.b ADD CONSTRAINT b_id_fkey FOREIGN KEY (id) REFERENCES "
        "public.a(id);\n\n"
        "COMMENT ON TABLE public.a IS 'x';\n\n");
}
