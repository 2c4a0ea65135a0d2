#include "growth/project.hpp"

namespace lockstep::growth {

static const Piece table = once("CREATE TABLE t (id int, a int, b text);\n");

/// The pieces as the query of a view, of a statement and of a function.
static void addQuery(Generators &into, const std::string &name, std::vector<Piece> query) {
  const auto with = [&](const std::string &before, const std::string &after) {
    std::vector<Piece> pieces{table, once(before)};
    pieces.insert(pieces.end(), query.begin(), query.end());
    pieces.push_back(once(after));
    return pieces;
  };
  into.check("query-" + name, with("", ";\n"));
  into.check("view-" + name, with("CREATE VIEW v AS ", ";\nDROP TABLE t CASCADE;\n"));
  into.check("routine-" + name,
             with("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $f$ ", "; $f$;\n"));
}

static void addWideQueries(Generators &into) {
  addQuery(into, "unions", {each("SELECT a FROM t", " UNION ALL ")});
  addQuery(into, "ctes",
           {once("WITH c0 AS (SELECT a FROM t), "), each("c# AS (SELECT a FROM t)", ", "),
            once(" SELECT a FROM c0")});
  addQuery(into, "ctes-chained",
           {once("WITH c0 AS (SELECT a FROM t), "), each("c# AS (SELECT a FROM c@)", ", "),
            once(" SELECT a FROM c0")});
  addQuery(into, "columns", {once("SELECT "), each("a AS a#", ", "), once(" FROM t")});
  addQuery(into, "joins-listed", {once("SELECT 1 FROM "), each("t AS t#", ", ")});
  addQuery(into, "subqueries-listed",
           {once("SELECT 1 FROM "), each("(SELECT a FROM t) AS s#", ", ")});
  addQuery(into, "conditions", {once("SELECT a FROM t WHERE "), each("a > #", " AND ")});
  addQuery(into, "alternatives", {once("SELECT a FROM t WHERE "), each("a = #", " OR ")});
  addQuery(into, "in-list", {once("SELECT a FROM t WHERE a IN ("), each("#", ", "), once(")")});
  addQuery(into, "values",
           {once("SELECT * FROM (VALUES "), each("(#, 'x')", ", "), once(") AS v (a, b)")});
  addQuery(into, "cases",
           {once("SELECT CASE "), each("WHEN a = # THEN #", " "), once(" END FROM t")});
  addQuery(into, "exists",
           {once("SELECT a FROM t WHERE "), each("EXISTS (SELECT FROM t)", " AND ")});
  addQuery(into, "group-by", {once("SELECT 1 FROM t GROUP BY "), each("a + #", ", ")});
  addQuery(into, "windows", {once("SELECT 1 FROM t WINDOW "), each("w# AS (ORDER BY a)", ", ")});
  addQuery(into, "sums", {once("SELECT "), each("a", " + "), once(" FROM t")});
  addQuery(into, "concatenations", {once("SELECT "), each("b", " || "), once(" FROM t")});
  addQuery(into, "arguments", {once("SELECT f("), each("a", ", "), once(") FROM t")});
  addQuery(into, "arrays", {once("SELECT ARRAY["), each("a", ", "), once("] FROM t")});
}

/// What nests: `n` levels, as deep as the parser goes along.
static void addDeepQueries(Generators &into) {
  for (const auto &[name, before, middle, after] :
       {std::tuple{"parentheses", "(", "1", ")"}, std::tuple{"calls", "f(", "1", ")"},
        std::tuple{"selects", "(SELECT ", "1", ")"}, std::tuple{"negations", "NOT ", "true", ""},
        std::tuple{"casts", "", "1", "::int"}})
    addQuery(into, std::string("nested-") + name,
             {once("SELECT "), each(before), once(middle), each(after)});
  addQuery(into, "joins-nested", {once("SELECT 1 FROM t"), each(" JOIN t AS t# ON true")});
}

/// Long statements that are no queries.
static void addLongStatements(Generators &into) {
  into.check("values-inserted",
             {table, once("INSERT INTO t VALUES "), each("(#, 1, 'x')", ", "), once(";\n")});
  into.check("columns-inserted",
             {once("CREATE TABLE t ("), each("c# int", ", "), once(");\n"), once("INSERT INTO t ("),
              each("c#", ", "), once(") VALUES ("), each("#", ", "), once(");\n")});
  into.check("columns-updated", {once("CREATE TABLE t ("), each("c# int", ", "), once(");\n")},
             {once("UPDATE t SET "), each("c# = #", ", "), once(";\n")});
  into.check(
      "index-expressions",
      {once("CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';\n"), table},
      {once("CREATE INDEX ON t ("), each("f(f(a))", ", "), once(");\n")});
  into.check("index-expressions-builtin", {table},
             {once("CREATE INDEX ON t ("), each("lower(b)", ", "), once(");\n")});
  into.check("index-columns", {once("CREATE TABLE t ("), each("c# int", ", "), once(");\n")},
             {once("CREATE INDEX ON t ("), each("c#", ", "), once(");\n")});
  into.check("index-includes", {once("CREATE TABLE t ("), each("c# int", ", "), once(");\n")},
             {once("CREATE INDEX ON t (c1) INCLUDE ("), each("c#", ", "), once(");\n")});
  into.check("index-condition", {table},
             {once("CREATE INDEX ON t (a) WHERE "), each("a <> #", " AND "), once(";\n")});
  into.check("key-columns", {once("CREATE TABLE t ("), each("c# int", ", "), once(");\n")},
             {once("ALTER TABLE t ADD PRIMARY KEY ("), each("c#", ", "), once(");\n")});
  into.check(
      "foreign-key-columns",
      {once("CREATE TABLE p ("), each("c# int", ", "), once(", PRIMARY KEY ("), each("c#", ", "),
       once("));\nCREATE TABLE t ("), each("c# int", ", "), once(");\n")},
      {once("ALTER TABLE t ADD FOREIGN KEY ("), each("c#", ", "), once(") REFERENCES p;\n")});
  into.check("check-long", {table},
             {once("ALTER TABLE t ADD CHECK ("), each("a <> #", " AND "), once(");\n")});
  into.check("default-long", {table},
             {once("ALTER TABLE t ADD COLUMN c int DEFAULT "), each("#", " + "), once(";\n")});
  into.check("generated-long", {table},
             {once("ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS ("), each("a", " + "),
              once(") STORED;\n")});
  into.check(
      "using-long", {table},
      {once("ALTER TABLE t ALTER COLUMN a TYPE bigint USING "), each("a", " + "), once(";\n")});
  into.check("partition-bounds", {once("CREATE TABLE p (id int) PARTITION BY LIST (id);\n"
                                       "CREATE TABLE q PARTITION OF p FOR VALUES IN ("),
                                  each("#", ", "), once(");\n")});
  into.check("function-arguments", {once("CREATE FUNCTION f("), each("a# int", ", "),
                                    once(") RETURNS int LANGUAGE sql AS 'SELECT 1';\n")});
  into.check("function-statements",
             {table, once("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN\n"),
              each("UPDATE t SET a = #;\n"), once("END $f$;\n"), once("SELECT f();\n")});
  into.check("function-sql-statements",
             {table, once("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $f$\n"),
              each("UPDATE t SET a = #;\n"), once("$f$;\n")});
  into.check("function-atomic-statements",
             {table, once("CREATE FUNCTION f() RETURNS void BEGIN ATOMIC\n"),
              each("UPDATE t SET a = #;\n"), once("END;\n")});
  into.check("function-variables",
             {once("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$ DECLARE\n"),
              each("v# int;\n"), once("BEGIN\n"), each("v# := #;\n"), once("END $f$;\n")});
  into.check("function-nested-loops", {once("DO $f$ BEGIN\n"), each("FOR i IN 1..2 LOOP\n"),
                                       once("NULL;\n"), each("END LOOP;\n"), once("END $f$;\n")});
  into.check("function-nested-blocks", {once("DO $f$ BEGIN\n"), each("BEGIN\n"), once("NULL;\n"),
                                        each("END;\n"), once("END $f$;\n")});
  into.check("function-nested-ifs",
             {once("DO $f$ BEGIN\n"), each("IF a THEN\n"), once("UPDATE t SET a = 1;\n"),
              each("END IF;\n"), once("END $f$;\n")});
  into.check("function-loops",
             {table, once("DO $f$ BEGIN\n"),
              each("FOR i IN 1..2 LOOP UPDATE t SET a = #; END LOOP;\n"), once("END $f$;\n")});
  into.check("function-calls-in-a-chain",
             {once("CREATE FUNCTION f0() RETURNS int LANGUAGE sql AS 'SELECT 1';\n"),
              each("CREATE FUNCTION f#() RETURNS int LANGUAGE sql AS 'SELECT f@()';\n"),
              each("SELECT f#();\n")});
  into.check("do-blocks", {table, each("DO $f$ BEGIN UPDATE t SET a = #; END $f$;\n")});
  into.check("merge-clauses", {table, once("MERGE INTO t USING t AS s ON t.id = s.id "),
                               each("WHEN MATCHED AND t.a = # THEN DELETE", " "), once(";\n")});
  into.check("conflict-updates",
             {once("CREATE TABLE t (id int PRIMARY KEY, "), each("c# int", ", "), once(");\n")},
             {once("INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET "),
              each("c# = #", ", "), once(";\n")});
}

void addQueries(Generators &into) {
  addWideQueries(into);
  addDeepQueries(into);
  addLongStatements(into);
}

} // namespace lockstep::growth
