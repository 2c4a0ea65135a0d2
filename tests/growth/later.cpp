#include "growth/project.hpp"

namespace lockstep::growth {

static const Piece tables = each("CREATE TABLE t# (id int PRIMARY KEY, a int, b text);\n");
static const Piece one = once("CREATE TABLE t (id int PRIMARY KEY, a int, b text);\n");

/// Statements of which each may need another one of its change set.
static void addPairs(Generators &into) {
  into.check("backfills", {tables}, {each("UPDATE t# SET a = 1;\n")});
  into.check("backfills-of-one", {one}, {each("UPDATE t SET a = # WHERE a IS NULL;\n")});
  into.check("backfills-then-drops", {tables},
             {each("UPDATE t# SET a = 1;\n"), each("ALTER TABLE t# DROP COLUMN b;\n")});
  into.check("backfills-of-unknown", {each("UPDATE t# SET a = 1;\nDROP TABLE u#;\n")});
  into.check("deletes", {tables}, {each("DELETE FROM t# WHERE a = 1;\n")});
  into.check("inserts", {tables}, {each("INSERT INTO t# VALUES (1, 2, 'x');\n")});
  into.check("inserts-of-one", {one}, {each("INSERT INTO t (id, a) VALUES (#, 2);\n")});
  into.check("selects", {one}, {each("SELECT a FROM t WHERE id = #;\n")});
  into.check("columns-then-not-null", {tables},
             {each("ALTER TABLE t# ADD COLUMN c int;\n"), each("UPDATE t# SET c = 0;\n"),
              each("ALTER TABLE t# ALTER COLUMN c SET NOT NULL;\n")});
  into.check("checks-then-not-null", {tables},
             {each("ALTER TABLE t# ADD CONSTRAINT k# CHECK (a IS NOT NULL) NOT VALID;\n"),
              each("ALTER TABLE t# VALIDATE CONSTRAINT k#;\n"),
              each("ALTER TABLE t# ALTER COLUMN a SET NOT NULL;\n"),
              each("ALTER TABLE t# DROP CONSTRAINT k#;\n")});
  into.check("expand-and-contract", {tables},
             {each("ALTER TABLE t# ADD COLUMN c text;\n"), each("UPDATE t# SET c = b;\n"),
              each("ALTER TABLE t# DROP COLUMN b;\n")});
  into.check("expand-and-contract-of-one",
             {once("CREATE TABLE t (id int, "), each("a# int", ", "), once(");\n")},
             {each("ALTER TABLE t ADD COLUMN b# int;\nUPDATE t SET b# = a#;\nALTER TABLE t DROP "
                   "COLUMN a#;\n")});
  into.check("drops-repeated", {one}, {each("DROP TABLE IF EXISTS t;\n")});
  into.check("drops-and-creates", {each("DROP TABLE IF EXISTS t;\nCREATE TABLE t (a int);\n")});
  into.check("renames-in-a-chain", {once("CREATE TABLE t0 (a int);\n")},
             {each("ALTER TABLE t@ RENAME TO t#;\n")});
  into.check("columns-renamed-in-a-chain", {once("CREATE TABLE t (a0 int);\n")},
             {each("ALTER TABLE t RENAME COLUMN a@ TO a#;\n")});
  into.check("renames-there-and-back", {one},
             {each("ALTER TABLE t RENAME TO u;\nALTER TABLE u RENAME TO t;\n")});
  into.check("renames-with-views", {tables},
             {each("ALTER TABLE t# RENAME TO u#;\nCREATE VIEW t# AS SELECT * FROM u#;\n")});
  into.check("indexes-replaced", {tables, each("CREATE INDEX i# ON t# (a);\n")},
             {each("CREATE INDEX CONCURRENTLY j# ON t# (a, b);\n"), each("DROP INDEX i#;\n")});
  into.check("keys-then-validated", {tables},
             {each("ALTER TABLE t# ADD CONSTRAINT f# FOREIGN KEY (a) REFERENCES t1 (id) NOT "
                   "VALID;\n"),
              each("ALTER TABLE t# VALIDATE CONSTRAINT f#;\n")});
  into.check("sync-triggers", {tables},
             {each("ALTER TABLE t# ADD COLUMN c text;\nCREATE FUNCTION f#() RETURNS trigger "
                   "LANGUAGE plpgsql AS $$ BEGIN NEW.c := NEW.b; RETURN NEW; END $$;\nCREATE "
                   "TRIGGER g# BEFORE INSERT OR UPDATE ON t# FOR EACH ROW EXECUTE FUNCTION "
                   "f#();\n")});
  into.check("renamed-then-used", {tables},
             {each("ALTER TABLE t# RENAME COLUMN a TO c;\n"), each("UPDATE t# SET c = 1;\n")});
  into.check(
      "types-changed-then-used", {tables},
      {each("ALTER TABLE t# ALTER COLUMN a TYPE bigint;\n"), each("CREATE INDEX ON t# (a);\n")});
  into.check("enum-added-then-used",
             {once("CREATE TYPE e AS ENUM ('l0');\nCREATE TABLE t (a e);\n")},
             {each("ALTER TYPE e ADD VALUE 'l#';\nINSERT INTO t VALUES ('l#');\n")});
}

/// Statements about how others run.
static void addTransactions(Generators &into) {
  into.check("savepoints", {each("SAVEPOINT s#;\n")});
  into.check("savepoints-released", {each("SAVEPOINT s#;\nRELEASE s#;\n")});
  into.check("savepoints-rolled-back",
             {once("BEGIN;\n"), each("SAVEPOINT s;\nCREATE TABLE t# (a int);\nROLLBACK TO s;\n"),
              once("COMMIT;\n")});
  into.check("savepoints-rolled-back-to-first",
             {once("BEGIN;\nSAVEPOINT s;\n"), each("CREATE TABLE t# (a int);\nROLLBACK TO s;\n"),
              once("COMMIT;\n")});
  into.check("transactions", {each("BEGIN;\nCREATE TABLE t# (a int);\nCOMMIT;\n")});
  into.check("transactions-rolled-back", {each("BEGIN;\nCREATE TABLE t# (a int);\nROLLBACK;\n")});
  into.check("timeouts", {tables},
             {each("SET lock_timeout = '#ms';\nALTER TABLE t# ADD COLUMN c int;\n")});
  into.check("settings-set-and-reset", {each("SET a.b# = '1';\nRESET a.b#;\n")});
  into.check("settings-of-many-names", {each("SET a.b# = '1';\n")});
  into.check("settings-local",
             {once("BEGIN;\n"), each("SET LOCAL a.b# = '1';\n"), once("COMMIT;\n")});
  into.check("search-path-long", {once("SET search_path = "), each("s#", ", "), once(";\n"),
                                  each("CREATE TABLE t# (a int);\n")});
  into.check("search-path-long-looked-up",
             {each("CREATE SCHEMA s#;\n"),
              once("CREATE SCHEMA last;\nCREATE TABLE last.t (a "
                   "int);\nSET search_path = "),
              each("s#", ", "), once(", last;\n"), each("UPDATE t SET a = #;\n")});
  into.check("search-path-changed",
             {each("CREATE SCHEMA s#;\nSET search_path = s#, public;\nCREATE TABLE t (a int);\n")});
  into.check("search-path-grows",
             {each("SELECT set_config('search_path', current_setting('search_path') || ', s#', "
                   "false);\nCREATE TABLE t# (a int);\n")});
  into.check("locks-held", {tables},
             {once("BEGIN;\n"), each("ALTER TABLE t# ADD COLUMN c int;\n"),
              once("UPDATE t1 SET a = 1;\nCOMMIT;\n")});
  into.check("locks-held-while-writing", {tables},
             {once("BEGIN;\n"), each("ALTER TABLE t# ADD COLUMN c int;\nUPDATE t# SET a = 1;\n"),
              once("COMMIT;\n")});
  into.check("opaque-statements", {each("DO $$ BEGIN EXECUTE 'x' || #; END $$;\n"
                                        "CREATE TABLE t# (a int);\n")});
  into.check("opaque-then-drops", {tables},
             {once("DO $$ BEGIN EXECUTE 'x' || 1; END $$;\n"), each("DROP TABLE t#;\n")});
  into.check("branches", {each("DO $$ BEGIN IF a THEN CREATE TABLE t# (a int); ELSE CREATE TABLE "
                               "u# (b int); END IF; END $$;\n")});
  into.check("branches-in-one",
             {once("DO $$ BEGIN\n"), each("IF a THEN CREATE TABLE t# (a int); END IF;\n"),
              once("END $$;\n")});
  into.check("branches-elsif",
             {once("DO $$ BEGIN IF a THEN NULL;\n"),
              each("ELSIF b THEN CREATE TABLE t# (a int);\n"), once("END IF; END $$;\n")});
  into.check("exceptions-in-one",
             {once("DO $$ BEGIN\n"),
              each("BEGIN CREATE TABLE t# (a int); EXCEPTION WHEN others THEN NULL; END;\n"),
              once("END $$;\n")});
}

/// Down parts and what they take back.
static void addDowns(Generators &into) {
  const auto downs = [&](const std::string &name, const std::string &up, const std::string &down,
                         const std::vector<std::string> &more) {
    Generator &added = into.project("down-" + name, [up, down](size_t n) {
      return Files{
          {"1_a.sql", written({once("-- +goose Up\n"), tables, one, once("\n-- +goose Down\n"),
                               each("DROP TABLE t#;\n")},
                              n)},
          {"2_b.sql",
           written({once("-- +goose Up\n"), each(up), once("\n-- +goose Down\n"), each(down)}, n)}};
    });
    added.words.insert(added.words.end(), more.begin(), more.end());
  };
  for (const std::vector<std::string> &more :
       {std::vector<std::string>{}, std::vector<std::string>{"--direction", "both"}}) {
    const std::string suffix = more.empty() ? "" : "-both";
    downs("columns" + suffix, "ALTER TABLE t# ADD COLUMN c int;\n",
          "ALTER TABLE t# DROP COLUMN c;\n", more);
    downs("tables" + suffix, "CREATE TABLE n# (a int);\n", "DROP TABLE n#;\n", more);
    downs("indexes-of-one" + suffix, "CREATE INDEX i# ON t (a);\n", "DROP INDEX i#;\n", more);
    downs("not-inverse" + suffix, "ALTER TABLE t# ADD COLUMN c int;\n",
          "ALTER TABLE t# DROP COLUMN b;\n", more);
    downs("renames" + suffix, "ALTER TABLE t# RENAME TO u#;\n", "ALTER TABLE u# RENAME TO t#;\n",
          more);
  }
}

void addLater(Generators &into) {
  addPairs(into);
  addTransactions(into);
  addDowns(into);
  for (const std::string format : {"text", "json"}) {
    const std::vector<std::string> words{"effects", ".", "--jobs", "1", "--format", format};
    into.run(words, "effects-" + format + "-tables",
             {tables, each("ALTER TABLE t# ADD COLUMN c int;\n")});
    into.run(words, "effects-" + format + "-of-one",
             {one, once("BEGIN;\n"), each("ALTER TABLE t ALTER COLUMN a SET DEFAULT #;\n"),
              once("COMMIT;\n")});
    into.run(words, "effects-" + format + "-locks-held",
             {tables, once("BEGIN;\n"), each("UPDATE t# SET a = 1;\n"), once("COMMIT;\n")});
    into.run(words, "effects-" + format + "-one-line", {each("CREATE TABLE t# (a int); ")});
  }
}

} // namespace lockstep::growth
