#include "sql/lower/plpgsql.hpp"

#include "sql/lower/embedded_code.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace lockstep::sql;

using Texts = std::vector<std::string>;

static std::vector<Token> tokensOf(std::string_view text) {
  std::vector<Token> tokens;
  Lexer lexer(text);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next())
    if (!token.isComment())
      tokens.push_back(token);
  return tokens;
}

/// Each item as "kind flags: text", kinds and flags by their letters: s, p, e, x; ? conditional,
/// * in a loop. What the INTO clause takes out shows as «…».
static Texts outline(std::string_view text) {
  std::vector<Token> tokens = tokensOf(text);
  LowerContext code(text, 0, tokens);
  PlpgsqlOutline found = outlinePlpgsql(code);
  Texts result;
  for (const PlpgsqlItem &item : found.items) {
    std::string line(1, "spex"[static_cast<int>(item.kind)]);
    line += item.conditional ? "?" : "";
    line += item.in_loop ? "*" : "";
    line += ": ";
    std::string sql(code.slice(code.range(item.first, item.last)));
    if (item.into_first < item.into_last) {
      Range into = code.range(item.into_first, item.into_last);
      uint32_t begin = tokens[item.first].begin;
      sql.replace(into.begin - begin, into.size(), "«" + std::string(code.slice(into)) + "»");
    }
    result.push_back(line + sql);
  }
  result.push_back(std::string(found.complete ? "complete" : "broken") +
                   (found.commits ? " commits" : "") + (found.loops ? " loops" : ""));
  return result;
}

TEST_CASE("statements of a block") {
  CHECK(outline("BEGIN ALTER TABLE t ADD a int; -- c\n UPDATE t SET a = 1; END") ==
        Texts{"s: ALTER TABLE t ADD a int", "s: UPDATE t SET a = 1", "complete"});
  CHECK(outline(
            "begin null; raise notice 'x; %', a; x := 1; t.a = 2; b[1] := 3; perform f(); end;") ==
        Texts{"p: perform f()", "complete"});
  CHECK(outline("#variable_conflict use_column\nBEGIN DELETE FROM t; END") ==
        Texts{"s: DELETE FROM t", "complete"});
  CHECK(outline("<<a>> BEGIN <<b>> BEGIN DELETE FROM t; END b; END a;") ==
        Texts{"s: DELETE FROM t", "complete"});
  CHECK(outline("BEGIN CALL p(); COMMIT; ROLLBACK AND CHAIN; END") ==
        Texts{"s: CALL p()", "complete commits"});
}

TEST_CASE("declarations") {
  CHECK(
      outline("DECLARE a int := 1; b text DEFAULT (SELECT x FROM t); c t.x%TYPE;\n"
              "d CURSOR FOR SELECT * FROM u; e NO SCROLL CURSOR (k int) IS SELECT k; DECLARE f "
              "record;\n"
              "BEGIN OPEN d; OPEN g FOR SELECT 1; OPEN g FOR EXECUTE 'x' USING 1; CLOSE d; END") ==
      Texts{"e: (SELECT x FROM t)", "s: SELECT * FROM u", "s: SELECT k", "s: SELECT 1", "x: 'x'",
            "complete"});
}

TEST_CASE("what may not run is conditional") {
  CHECK(outline("BEGIN IF a THEN DROP TABLE b; ELSIF EXISTS (SELECT 1 FROM t) THEN NULL; "
                "ELSE DROP TABLE c; END IF; DROP TABLE d; END") ==
        Texts{"s?: DROP TABLE b", "e?: EXISTS (SELECT 1 FROM t)", "s?: DROP TABLE c",
              "s: DROP TABLE d", "complete"});
  CHECK(outline("BEGIN CASE x WHEN 1, 2 THEN DROP TABLE b; ELSE DROP TABLE c; END CASE; "
                "CASE WHEN CASE WHEN a THEN b END THEN DROP TABLE d; END CASE; END") ==
        Texts{"s?: DROP TABLE b", "s?: DROP TABLE c", "s?: DROP TABLE d", "complete"});
  CHECK(outline(
            "BEGIN DROP TABLE a; BEGIN DROP TABLE b; EXCEPTION WHEN undefined_table OR "
            "sqlstate '42P01' THEN DROP TABLE c; WHEN others THEN NULL; END; DROP TABLE d; END") ==
        Texts{"s: DROP TABLE a", "s?: DROP TABLE b", "s?: DROP TABLE c", "s: DROP TABLE d",
              "complete"});
  CHECK(outline("BEGIN DROP TABLE a; IF b THEN RETURN; END IF; DROP TABLE c; END") ==
        Texts{"s: DROP TABLE a", "s?: DROP TABLE c", "complete"});
  CHECK(outline("BEGIN IF NOT EXISTS (SELECT FROM t) THEN RETURN; END IF; RETURN; END") ==
        Texts{"e: NOT EXISTS (SELECT FROM t)", "complete"});
}

TEST_CASE("loops") {
  CHECK(
      outline("BEGIN FOR r IN SELECT * FROM t LOOP DELETE FROM u; END LOOP; DELETE FROM v; END") ==
      Texts{"s: SELECT * FROM t", "s*: DELETE FROM u", "s: DELETE FROM v", "complete loops"});
  CHECK(outline("BEGIN FOR i IN REVERSE 10..1 BY 2 LOOP DELETE FROM u; EXIT WHEN NOT FOUND; END "
                "LOOP; END") == Texts{"s*: DELETE FROM u", "complete loops"});
  CHECK(
      outline("BEGIN LOOP DELETE FROM u; EXIT a WHEN (SELECT 1); END LOOP a; WHILE (SELECT 1) LOOP "
              "COMMIT; END LOOP; END") ==
      Texts{"s*: DELETE FROM u", "e*: (SELECT 1)", "e*: (SELECT 1)", "complete commits loops"});
  CHECK(
      outline("BEGIN FOREACH x SLICE 1 IN ARRAY a LOOP INSERT INTO t VALUES (x); END LOOP; END") ==
      Texts{"s*: INSERT INTO t VALUES (x)", "complete loops"});
  CHECK(
      outline("BEGIN FOR a, b IN EXECUTE 'x' USING 1 LOOP NULL; END LOOP; FOR r IN c(1) LOOP NULL; "
              "END LOOP; END") == Texts{"x: 'x'", "complete loops"});
  CHECK(outline(
            "BEGIN FOR i IN REVERSE (SELECT max(id) FROM t) .. 0 BY (SELECT 2) LOOP DELETE FROM u; "
            "END LOOP; FOR i IN 0..coalesce((SELECT max(id) FROM t), 0) / 10 LOOP NULL; END LOOP; "
            "END") == Texts{"e: (SELECT max(id) FROM t)", "e: (SELECT 2)", "s*: DELETE FROM u",
                            "e: coalesce((SELECT max(id) FROM t), 0) / 10", "complete loops"});
}

TEST_CASE("the INTO of PL/pgSQL is not SQL's") {
  CHECK(outline("BEGIN SELECT a, b INTO STRICT x, y.z FROM t; END") ==
        Texts{"s: SELECT a, b «INTO STRICT x, y.z» FROM t", "complete"});
  CHECK(outline("BEGIN INSERT INTO t VALUES (1) RETURNING id INTO v; MERGE INTO t USING u ON true "
                "WHEN MATCHED THEN DELETE; SELECT INTO r * FROM t; END") ==
        Texts{"s: INSERT INTO t VALUES (1) RETURNING id «INTO v»",
              "s: MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE",
              "s: SELECT «INTO r» * FROM t", "complete"});
}

TEST_CASE("what a function returns") {
  CHECK(outline("BEGIN RETURN QUERY SELECT 1; RETURN QUERY EXECUTE 'x' USING 1; RETURN NEXT r; "
                "RETURN (SELECT 1); END") ==
        Texts{"s: SELECT 1", "x: 'x'", "e: (SELECT 1)", "complete"});
}

TEST_CASE("code that is not understood") {
  for (std::string_view text :
       {"", "SELECT 1", "BEGIN", "BEGIN SELECT 1", "BEGIN IF a END IF; END", "BEGIN END IF;",
        "DECLARE", "BEGIN END; SELECT 1;", "BEGIN LOOP END;", "BEGIN ( ; END",
        "BEGIN FOR LOOP END LOOP; END", "<<", "END"}) {
    CAPTURE(text);
    CHECK(outline(text).back().starts_with("broken"));
  }
}

/// The constant text of an expression, with "@" and its place; "?" where it has none.
static std::string constant(std::string_view text) {
  std::vector<Token> tokens = tokensOf(text);
  std::optional<EmbeddedCode> code = constantText(LowerContext(text, 0, tokens), 0, tokens.size());
  return code ? code->text + "@" + std::to_string(code->origin) : "?";
}

TEST_CASE("texts that EXECUTE can be known to run") {
  CHECK(constant("'DROP TABLE t'") == "DROP TABLE t@1");
  CHECK(constant("($$DROP TABLE t$$)") == "DROP TABLE t@3");
  CHECK(constant("E'a\\nb'") == "a  b@2");
  // Quotes keep the positions of all that stands around the literals.
  CHECK(constant("'SELECT ''a'', b'") == "SELECT  'a' , b@1");
  CHECK(constant("'SELECT '''', b'") == "SELECT  '' , b@1");
  CHECK(constant("'SELECT ''it''''s'', b'") == "SELECT  'it  ''s' , b@1");
  CHECK(constant("'ALTER TABLE t ' || 'ADD a int'") == "ALTER TABLE t       ADD a int @1");
  CHECK(constant("'DROP TA' || 'BLE t'") == "DROP TABLE t       @1");
  CHECK(constant("format('DROP TABLE %I', 'T')") == "DROP TABLE \"T\"     @8");
  CHECK(constant("format('SELECT %L, %s, 5%%', 'a', 'b')") == "SELECT 'a', b, 5%            @8");
  for (std::string_view dynamic :
       {"a", "'a' || b", "format('a %I', b)", "format(a)", "format('%1$I', 'a')", "f('a')", "U&'a'",
        "E'\\x41'", "'a' 'b'", "", "format('%I')", "format('a', 'b') || 'c'"})
    CHECK(constant(dynamic) == "?");
}
