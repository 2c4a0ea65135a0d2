#include "growth/project.hpp"

namespace lockstep::growth {

/// Objects of one kind: made; dropped one by one; dropped by one statement.
static void addKind(Generators &into, const std::string &kind, const std::string &create,
                    const std::string &drop, const std::string &name) {
  into.check(kind + "-made", {each(create)});
  into.check(kind + "-dropped", {each(create)}, {each(drop + " " + name + ";\n")});
  into.check(kind + "-dropped-in-one", {each(create)},
             {once(drop + " "), each(name, ", "), once(";\n")});
}

void addObjects(Generators &into) {
  addKind(into, "tables", "CREATE TABLE t# (id int PRIMARY KEY, a text);\n", "DROP TABLE", "t#");
  addKind(into, "views", "CREATE VIEW v# AS SELECT 1 AS a;\n", "DROP VIEW", "v#");
  addKind(into, "sequences", "CREATE SEQUENCE s#;\n", "DROP SEQUENCE", "s#");
  addKind(into, "schemas", "CREATE SCHEMA s#;\n", "DROP SCHEMA", "s#");
  addKind(into, "enums", "CREATE TYPE e# AS ENUM ('a');\n", "DROP TYPE", "e#");
  addKind(into, "domains", "CREATE DOMAIN d# AS int CHECK (VALUE > #);\n", "DROP DOMAIN", "d#");
  addKind(into, "functions", "CREATE FUNCTION f#() RETURNS int LANGUAGE sql AS 'SELECT #';\n",
          "DROP FUNCTION", "f#()");
  addKind(into, "materialized-views", "CREATE MATERIALIZED VIEW m# AS SELECT 1 AS a;\n",
          "DROP MATERIALIZED VIEW", "m#");
  into.check("schemas-with-tables",
             {each("CREATE SCHEMA s#;\nCREATE TABLE s#.t (id int PRIMARY KEY);\n")});
  into.check("schemas-dropped-with-tables",
             {each("CREATE SCHEMA s#;\nCREATE TABLE s#.t (id int PRIMARY KEY);\n")},
             {each("DROP SCHEMA s# CASCADE;\n")});
  into.check("schema-of-many-dropped",
             {once("CREATE SCHEMA s;\n"), each("CREATE TABLE s.t# (id int PRIMARY KEY);\n")},
             {once("DROP SCHEMA s CASCADE;\n")});
  into.check("schemas-renamed",
             {each("CREATE SCHEMA s#;\nCREATE TABLE s#.t (id int PRIMARY KEY);\n")},
             {each("ALTER SCHEMA s# RENAME TO r#;\n")});
  into.check("tables-moved", {once("CREATE SCHEMA s;\n"), each("CREATE TABLE t# (a int);\n")},
             {each("ALTER TABLE t# SET SCHEMA s;\n")});
  into.check("tables-renamed", {each("CREATE TABLE t# (a int);\n")},
             {each("ALTER TABLE t# RENAME TO u#;\n")});
  into.check("tables-altered", {each("CREATE TABLE t# (a int);\n")},
             {each("ALTER TABLE t# ADD COLUMN b int;\n")});
  into.check("tables-truncated", {each("CREATE TABLE t# (a int);\n")}, {each("TRUNCATE t#;\n")});
  into.check("tables-truncated-in-one", {each("CREATE TABLE t# (a int);\n")},
             {once("TRUNCATE "), each("t#", ", "), once(";\n")});
  into.check("tables-locked-in-one", {each("CREATE TABLE t# (a int);\n")},
             {once("LOCK TABLE "), each("t#", ", "), once(" IN SHARE MODE;\n")});
  into.check("tables-chained-by-keys",
             {once("CREATE TABLE t0 (id int PRIMARY KEY);\n"),
              each("CREATE TABLE t# (id int PRIMARY KEY REFERENCES t@ (id));\n")});
  into.check("tables-chained-dropped",
             {once("CREATE TABLE t0 (id int PRIMARY KEY);\n"),
              each("CREATE TABLE t# (id int PRIMARY KEY REFERENCES t@ (id));\n")},
             {each("DROP TABLE t@ CASCADE;\n")});
  into.check("tables-like-each-other", {once("CREATE TABLE t0 (id int PRIMARY KEY);\n"),
                                        each("CREATE TABLE t# (LIKE t@ INCLUDING ALL);\n")});
  into.check("tables-from-queries",
             {once("CREATE TABLE t (a int);\n"), each("CREATE TABLE t# AS SELECT a FROM t;\n")});
  into.check("tables-temporary", {each("CREATE TEMP TABLE t# (a int);\n")});
  into.check("tables-owned-sequences", {each("CREATE TABLE t# (id serial PRIMARY KEY);\n")},
             {each("ALTER SEQUENCE t#_id_seq RENAME TO s#;\n")});
  into.check("indexes-of-many", {each("CREATE TABLE t# (a int);\n")},
             {each("CREATE INDEX i# ON t# (a);\n")});
  into.check("extensions", {each("CREATE EXTENSION e#;\n")});
  into.check("roles", {each("CREATE ROLE r#;\n")});
  into.check("casts-and-operators",
             {each("CREATE FUNCTION f#(int, int) RETURNS bool LANGUAGE sql AS 'SELECT true';\n"
                   "CREATE OPERATOR public.<# (LEFTARG = int, RIGHTARG = int, FUNCTION = f#);\n")})
      .valid = false;
  into.check("aggregates", {each("CREATE AGGREGATE a#(int) (SFUNC = int4pl, STYPE = int);\n")});
  into.check("unknown-tables-dropped", {each("DROP TABLE t#;\n")});
  into.check("unknown-tables-dropped-in-one", {once("DROP TABLE "), each("t#", ", "), once(";\n")});
  into.check("unknown-tables-altered", {each("ALTER TABLE t# ADD COLUMN a int NOT NULL;\n")});
  into.check("unknown-columns-renamed", {each("ALTER TABLE t RENAME COLUMN a# TO b#;\n")});
  into.check("unknown-columns-dropped", {each("ALTER TABLE t DROP COLUMN a#;\n")});
  into.check("unknown-indexes-dropped", {each("DROP INDEX i#;\n")});
  into.check("unknown-grants", {each("GRANT SELECT ON t# TO r;\n")});
  for (const std::string format : {"sql", "json"}) {
    const std::vector<std::string> words{"schema", ".", "--format", format};
    into.run(words, "schema-" + format + "-tables",
             {each("CREATE TABLE t# (id serial PRIMARY KEY, a text);\nCREATE INDEX ON t# (a);\n")});
    into.run(words, "schema-" + format + "-views",
             {once("CREATE VIEW v0 AS SELECT 1 AS a;\n"),
              each("CREATE VIEW v# AS SELECT a FROM v@;\n")});
    into.run(words, "schema-" + format + "-keys",
             {once("CREATE TABLE t0 (id int PRIMARY KEY);\n"),
              each("CREATE TABLE t# (id int PRIMARY KEY REFERENCES t@ (id));\n")});
    into.run(words, "schema-" + format + "-schemas",
             {each("CREATE SCHEMA s#;\nCREATE TABLE s#.t (id int PRIMARY KEY);\n")});
    into.run(words, "schema-" + format + "-parts",
             {once("CREATE TABLE t (a int);\n"),
              each("CREATE INDEX i# ON t (a);\nALTER TABLE t ADD CHECK (a > #);\n"
                   "GRANT SELECT ON t TO r#;\nCREATE POLICY p# ON t USING (true);\n")})
        .n = 500;
    into.run(words, "schema-" + format + "-functions",
             {each("CREATE FUNCTION f#() RETURNS int LANGUAGE sql AS 'SELECT #';\n"
                   "COMMENT ON FUNCTION f#() IS 'x';\n")});
    into.run(words, "schema-" + format + "-partitions",
             {once("CREATE TABLE p (a int) PARTITION BY LIST (a);\n"),
              each("CREATE TABLE p# PARTITION OF p FOR VALUES IN (#);\n")});
  }
}

} // namespace lockstep::growth
