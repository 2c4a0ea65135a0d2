#include "sql/script.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace lockstep::sql;

using Texts = std::vector<std::string>;

static const Body *bodyOf(const Statement &statement) {
  for (const Op &op : statement.ops) {
    if (const auto *block = std::get_if<DoBlock>(&op))
      return &block->body;
    if (const auto *function = std::get_if<CreateFunction>(&op))
      return &function->body;
  }
  return nullptr;
}

static void list(const Body &body, std::string_view text, Texts &result) {
  for (const EmbeddedStatement &embedded : body.statements) {
    const Statement &statement = *embedded.statement;
    std::string flags = std::string(embedded.conditional ? "?" : "") +
                        (embedded.in_loop ? "*" : "") + (embedded.dynamic ? "!" : "");
    result.push_back(std::string(statement.kind) + flags + ": " +
                     std::string(text.substr(statement.range.begin, statement.range.size())));
    if (const Body *inner = bodyOf(statement))
      list(*inner, text, result);
  }
  result.push_back(std::string(body.parsed ? "parsed" : "not parsed") +
                   (body.opaque ? " opaque" : "") + (body.commits ? " commits" : "") +
                   (body.loops ? " loops" : ""));
}

/// The statements in the bodies of `text`, as the file has them, with their kinds and flags.
static Texts bodies(const std::string &text) {
  Texts result;
  ScriptOptions separately;
  separately.whole_file_limit = 0;
  for (const ScriptOptions &options : {ScriptOptions{}, separately}) {
    Texts found;
    Script script = parseScript(text, options);
    CHECK(script.problems.empty());
    for (const auto &statement : script.statements)
      if (const Body *body = bodyOf(*statement))
        list(*body, text, found);
    CHECK((result.empty() || result == found));
    result = std::move(found);
  }
  return result;
}

TEST_CASE("statements of a DO block, at their places in the file") {
  CHECK(bodies("SELECT 1;\nDO $$ BEGIN\n  ALTER TABLE t ADD a int;\n  IF b THEN DROP TABLE c; END "
               "IF;\nEND $$;") ==
        Texts{"AlterTableStmt: ALTER TABLE t ADD a int", "DropStmt?: DROP TABLE c", "parsed"});
  CHECK(bodies("DO LANGUAGE plpgsql 'BEGIN UPDATE t SET a = ''it''''s'', b = 1; END'") ==
        Texts{"UpdateStmt: UPDATE t SET a = ''it''''s'', b = 1", "parsed"});
  CHECK(bodies("DO E'BEGIN\\n DROP TABLE \\\"T\\\"; END'") ==
        Texts{"DropStmt: DROP TABLE \\\"T\\\"", "parsed"});
  CHECK(bodies("DO E'BEGIN\\n DROP TABLE t; END'") == Texts{"DropStmt: DROP TABLE t", "parsed"});
  CHECK(bodies("DO $$ print(1) $$ LANGUAGE plpython3u") == Texts{"not parsed"});
  CHECK(bodies("DO $$ BEGIN FOR r IN SELECT 1 LOOP DELETE FROM t; COMMIT; END LOOP; END $$") ==
        Texts{"SelectStmt: SELECT 1", "DeleteStmt*: DELETE FROM t", "parsed commits loops"});
}

TEST_CASE("what PL/pgSQL adds to SQL is taken out") {
  CHECK(bodies("DO $$ BEGIN PERFORM a, f(b) FROM t; SELECT a INTO STRICT b FROM t; END $$") ==
        Texts{"SelectStmt: PERFORM a, f(b) FROM t", "SelectStmt: SELECT a INTO STRICT b FROM t",
              "parsed"});
  CHECK(bodies("DO $$ BEGIN IF EXISTS (SELECT 1 FROM t) THEN NULL; END IF; n := count(*) FROM t; "
               "END $$") ==
        Texts{"SelectStmt: EXISTS (SELECT 1 FROM t)", "SelectStmt: count(*) FROM t", "parsed"});
  Script script = parseScript("DO $$ BEGIN SELECT a INTO b FROM t; END $$");
  const Statement &select = *bodyOf(*script.statements[0])->statements[0].statement;
  CHECK(std::get_if<Select>(&select.ops[0]) != nullptr);
}

TEST_CASE("dynamic SQL") {
  CHECK(bodies("DO $$ BEGIN EXECUTE 'DROP TABLE a; DROP TABLE ''b'''; END $$") ==
        Texts{"parsed opaque"});
  CHECK(bodies(
            "DO $$ BEGIN EXECUTE 'DROP TABLE a; ALTER TABLE b ADD c text DEFAULT ''x'''; END $$") ==
        Texts{"DropStmt!: DROP TABLE a", "AlterTableStmt!: ALTER TABLE b ADD c text DEFAULT ''x'",
              "parsed"});
  CHECK(bodies("DO $$ BEGIN IF a THEN EXECUTE $x$DROP TABLE a$x$; END IF; EXECUTE b; END $$") ==
        Texts{"DropStmt?!: DROP TABLE a", "parsed opaque"});
  CHECK(bodies("DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'a'); END $$").back() == "parsed");
  CHECK(bodies("DO $$ BEGIN EXECUTE format('DROP TABLE %I', a); END $$") == Texts{"parsed opaque"});
  CHECK(bodies("DO $a$ BEGIN EXECUTE 'DO $b$ BEGIN DROP TABLE a; END $b$'; END $a$") ==
        Texts{"DoStmt!: DO $b$ BEGIN DROP TABLE a; END $b$", "DropStmt: DROP TABLE a", "parsed",
              "parsed"});
}

TEST_CASE("bodies of functions") {
  CHECK(bodies("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$\nDECLARE a int;\nBEGIN\n"
               "  INSERT INTO log VALUES (NEW.id);\n  RETURN NEW;\nEND\n$$") ==
        Texts{"InsertStmt: INSERT INTO log VALUES (NEW.id)", "parsed"});
  CHECK(bodies("CREATE FUNCTION f(a int) RETURNS int AS 'SELECT 1; SELECT $1' LANGUAGE sql") ==
        Texts{"SelectStmt: SELECT 1", "SelectStmt: SELECT $1", "parsed"});
  CHECK(bodies("CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN ROLLBACK; END $$") ==
        Texts{"parsed commits"});
  CHECK(bodies("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELEC 1 $$") ==
        Texts{"not parsed"});
  CHECK(bodies("CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'lib', 'f'") == Texts{"not parsed"});
}

TEST_CASE("code in code in code ends somewhere") {
  std::string code = "DROP TABLE a";
  for (int i = 0; i < 40; ++i) {
    std::string tag = "$q" + std::to_string(i) + "$";
    code = "DO " + tag + "BEGIN EXECUTE " + "$x" + std::to_string(i) + "$" + code + "$x" +
           std::to_string(i) + "$; END" + tag;
  }
  CHECK_FALSE(parseScript(code).statements.empty());
}
