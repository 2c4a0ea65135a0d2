#include "growth/project.hpp"

namespace lockstep::growth {

static const char *const table = "CREATE TABLE t (id int PRIMARY KEY, a int, b text);\n";

/// Parts that each statement adds to one table.
static void addPartsOfTables(Generators &into) {
  into.check("columns-added", {once(table), each("ALTER TABLE t ADD COLUMN c# int;\n")});
  into.check("columns-in-create", {once("CREATE TABLE t ("), each("c# int", ", "), once(");\n")});
  into.check("columns-in-one-alter",
             {once(table), once("ALTER TABLE t "), each("ADD COLUMN c# int", ", "), once(";\n")});
  into.check("columns-dropped",
             {once("CREATE TABLE t (id int, "), each("c# int", ", "), once(");\n")},
             {each("ALTER TABLE t DROP COLUMN c#;\n")});
  into.check("columns-renamed",
             {once("CREATE TABLE t (id int, "), each("c# int", ", "), once(");\n")},
             {each("ALTER TABLE t RENAME COLUMN c# TO d#;\n")});
  into.check("columns-retyped",
             {once("CREATE TABLE t (id int, "), each("c# int", ", "), once(");\n")},
             {each("ALTER TABLE t ALTER COLUMN c# TYPE bigint;\n")});
  into.check("columns-not-null",
             {once("CREATE TABLE t (id int, "), each("c# int", ", "), once(");\n")},
             {each("ALTER TABLE t ALTER COLUMN c# SET NOT NULL;\n")});
  into.check("columns-defaults",
             {once("CREATE TABLE t (id int, "), each("c# int", ", "), once(");\n")},
             {each("ALTER TABLE t ALTER COLUMN c# SET DEFAULT 0;\n")});
  into.check("columns-commented",
             {once("CREATE TABLE t (id int, "), each("c# int", ", "), once(");\n")},
             {each("COMMENT ON COLUMN t.c# IS 'x';\n")});
  into.check(
      "columns-dropped-and-added",
      {once(table), each("ALTER TABLE t DROP COLUMN a;\nALTER TABLE t ADD COLUMN a int;\n")});
  into.check("checks-named",
             {once(table), each("ALTER TABLE t ADD CONSTRAINT k# CHECK (a > #);\n")});
  into.check("checks-unnamed", {once(table), each("ALTER TABLE t ADD CHECK (a > #);\n")});
  into.check("checks-in-create",
             {once("CREATE TABLE t (a int, "), each("CHECK (a > #)", ", "), once(");\n")});
  into.check("checks-not-valid-then-validated",
             {once(table), each("ALTER TABLE t ADD CONSTRAINT k# CHECK (a > #) NOT VALID;\n"),
              each("ALTER TABLE t VALIDATE CONSTRAINT k#;\n")});
  into.check("checks-dropped",
             {once(table), each("ALTER TABLE t ADD CONSTRAINT k# CHECK (a > #);\n")},
             {each("ALTER TABLE t DROP CONSTRAINT k#;\n")});
  into.check("uniques-named",
             {once(table), each("ALTER TABLE t ADD CONSTRAINT u# UNIQUE (a, b);\n")});
  into.check("uniques-unnamed", {once(table), each("ALTER TABLE t ADD UNIQUE (a, b);\n")});
  into.check("indexes-named", {once(table)}, {each("CREATE INDEX i# ON t (a);\n")});
  into.check("indexes-unnamed", {once(table)}, {each("CREATE INDEX ON t (a);\n")});
  into.check("indexes-dropped", {once(table), each("CREATE INDEX i# ON t (a);\n")},
             {each("DROP INDEX i#;\n")});
  into.check("indexes-dropped-in-one", {once(table), each("CREATE INDEX i# ON t (a);\n")},
             {once("DROP INDEX "), each("i#", ", "), once(";\n")});
  into.check("indexes-renamed", {once(table), each("CREATE INDEX i# ON t (a);\n")},
             {each("ALTER INDEX i# RENAME TO j#;\n")});
  into.check("exclusions",
             {once("CREATE TABLE t (a int4range);\n"),
              each("ALTER TABLE t ADD CONSTRAINT x# EXCLUDE USING gist (a WITH &&);\n")});
  into.check("foreign-keys-of-one", {once("CREATE TABLE p (id int PRIMARY KEY);\n"), once(table)},
             {each("ALTER TABLE t ADD CONSTRAINT f# FOREIGN KEY (a) REFERENCES p (id);\n")});
  into.check("foreign-keys-unnamed", {once("CREATE TABLE p (id int PRIMARY KEY);\n"), once(table)},
             {each("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id);\n")});
  into.check("foreign-keys-to-one", {once("CREATE TABLE p (id int PRIMARY KEY);\n"),
                                     each("CREATE TABLE t# (a int REFERENCES p (id));\n")});
  into.check("triggers",
             {once(table), once("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                                "RETURN NEW; END $$;\n")},
             {each("CREATE TRIGGER g# BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();\n")});
  into.check("triggers-dropped",
             {once(table),
              once("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; "
                   "END $$;\n"),
              each("CREATE TRIGGER g# BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();\n")},
             {each("DROP TRIGGER g# ON t;\n")});
  into.check("triggers-disabled",
             {once(table),
              once("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; "
                   "END $$;\n"),
              each("CREATE TRIGGER g# BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();\n")},
             {each("ALTER TABLE t DISABLE TRIGGER g#;\n")});
  into.check("policies", {once(table)}, {each("CREATE POLICY p# ON t USING (a > #);\n")});
  into.check("policies-dropped", {once(table), each("CREATE POLICY p# ON t USING (a > #);\n")},
             {each("DROP POLICY p# ON t;\n")});
  into.check("rules-of-one", {once(table)},
             {each("CREATE RULE r# AS ON UPDATE TO t DO ALSO NOTHING;\n")});
  into.check("grants-to-many", {once(table)}, {each("GRANT SELECT ON t TO r#;\n")});
  into.check("grants-to-one", {each("CREATE TABLE t# (a int);\n")},
             {each("GRANT SELECT ON t# TO r;\n")});
  into.check("grants-in-one", {once(table)},
             {once("GRANT SELECT ON t TO "), each("r#", ", "), once(";\n")});
  into.check("grants-revoked", {once(table), each("GRANT SELECT ON t TO r#;\n")},
             {each("REVOKE SELECT ON t FROM r#;\n")});
  into.check("column-grants",
             {once("CREATE TABLE t (id int, "), each("c# int", ", "), once(");\n")},
             {each("GRANT SELECT (c#) ON t TO r;\n")});
  into.check("statistics", {once(table)}, {each("CREATE STATISTICS s# ON a, b FROM t;\n")});
  into.check("storage-options", {once(table)}, {each("ALTER TABLE t SET (fillfactor = 70);\n")});
  into.check("many-options",
             {once(table), once("ALTER TABLE t SET ("), each("o# = #", ", "), once(");\n")});
}

/// Parts of what is no table.
static void addPartsOfOthers(Generators &into) {
  into.check("enum-labels-added",
             {once("CREATE TYPE e AS ENUM ('l0');\n"), each("ALTER TYPE e ADD VALUE 'l#';\n")});
  into.check("enum-labels-added-before", {once("CREATE TYPE e AS ENUM ('l0');\n"),
                                          each("ALTER TYPE e ADD VALUE 'l#' BEFORE 'l@';\n")});
  into.check("enum-labels-in-one",
             {once("CREATE TYPE e AS ENUM ("), each("'l#'", ", "), once(");\n")});
  into.check("enum-labels-renamed",
             {once("CREATE TYPE e AS ENUM ("), each("'l#'", ", "), once(");\n")},
             {each("ALTER TYPE e RENAME VALUE 'l#' TO 'm#';\n")});
  into.check("attributes-added",
             {once("CREATE TYPE c AS (a0 int);\n"), each("ALTER TYPE c ADD ATTRIBUTE a# int;\n")});
  into.check("domain-checks", {once("CREATE DOMAIN d AS int;\n"),
                               each("ALTER DOMAIN d ADD CONSTRAINT k# CHECK (VALUE > #);\n")});
  into.check("domain-checks-unnamed",
             {once("CREATE DOMAIN d AS int;\n"), each("ALTER DOMAIN d ADD CHECK (VALUE > #);\n")});
  into.check("domain-checks-in-create",
             {once("CREATE DOMAIN d AS int "), each("CHECK (VALUE > #)", " "), once(";\n")});
  into.check("columns-of-a-domain",
             {once("CREATE DOMAIN d AS int;\n"), each("CREATE TABLE t# (a d);\n")},
             {once("ALTER DOMAIN d ADD CHECK (VALUE > 0);\n")});
  into.check("columns-of-an-enum",
             {once("CREATE TYPE e AS ENUM ('a');\n"), each("CREATE TABLE t# (a e);\n")},
             {once("ALTER TYPE e ADD VALUE 'b';\n")});
  into.check("publication-tables-added",
             {each("CREATE TABLE t# (a int);\n"), once("CREATE PUBLICATION p;\n"),
              each("ALTER PUBLICATION p ADD TABLE t#;\n")});
  into.check("publication-tables-in-one",
             {each("CREATE TABLE t# (a int);\n"), once("CREATE PUBLICATION p FOR TABLE "),
              each("t#", ", "), once(";\n")});
  into.check("publication-tables-dropped",
             {each("CREATE TABLE t# (a int);\n"), once("CREATE PUBLICATION p FOR TABLE "),
              each("t#", ", "), once(";\n")},
             {each("ALTER PUBLICATION p DROP TABLE t#;\n")});
  into.check("publications-of-one",
             {once("CREATE TABLE t (a int);\n"), each("CREATE PUBLICATION p# FOR TABLE t;\n")});
  into.check("default-privileges-of-roles",
             {each("ALTER DEFAULT PRIVILEGES FOR ROLE r# GRANT SELECT ON TABLES TO x;\n"),
              each("CREATE TABLE t# (a int);\n")});
  into.check("default-privileges-to-roles",
             {each("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x#;\n")});
  into.check("default-privileges-in-schemas",
             {each("CREATE SCHEMA s#;\nALTER DEFAULT PRIVILEGES IN SCHEMA s# GRANT SELECT ON "
                   "TABLES TO x;\nCREATE TABLE s#.t (a int);\n")});
  into.check("overloads",
             {each("CREATE TYPE y# AS (a int);\n"),
              each("CREATE FUNCTION f(y#) RETURNS int LANGUAGE sql AS 'SELECT 1';\n")});
  into.check("overloads-dropped",
             {each("CREATE TYPE y# AS (a int);\n"),
              each("CREATE FUNCTION f(y#) RETURNS int LANGUAGE sql AS 'SELECT 1';\n")},
             {each("DROP FUNCTION f(y#);\n")});
  into.check("overloads-called",
             {each("CREATE TYPE y# AS (a int);\n"),
              each("CREATE FUNCTION f(y#) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"),
              each("SELECT f(NULL::y#);\n")});
  into.check("function-replaced",
             {each("CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT #';\n")});
  into.check("function-settings", {once("CREATE FUNCTION f() RETURNS int LANGUAGE sql "),
                                   each("SET a.b# = '1'", " "), once(" AS 'SELECT 1';\n")});
  into.check("views-over-one",
             {once("CREATE TABLE t (a int);\n"), each("CREATE VIEW v# AS SELECT a FROM t;\n")});
  into.check("views-over-one-then-changed",
             {once("CREATE TABLE t (a int);\n"), each("CREATE VIEW v# AS SELECT a FROM t;\n")},
             {once("ALTER TABLE t RENAME COLUMN a TO b;\nDROP TABLE t CASCADE;\n")});
  into.check("views-over-each-other", {once("CREATE VIEW v0 AS SELECT 1 AS a;\n"),
                                       each("CREATE VIEW v# AS SELECT a FROM v@;\n")});
  into.check("view-replaced", {once("CREATE TABLE t (a int);\n"),
                               each("CREATE OR REPLACE VIEW v AS SELECT a FROM t WHERE a > #;\n")});
  into.check("comments-on-one",
             {once("CREATE TABLE t (a int);\n"), each("COMMENT ON TABLE t IS 'x#';\n")});
  into.check("owners", {once("CREATE TABLE t (a int);\n"), each("ALTER TABLE t OWNER TO r#;\n")});
}

void addParts(Generators &into) {
  addPartsOfTables(into);
  addPartsOfOthers(into);
}

} // namespace lockstep::growth
