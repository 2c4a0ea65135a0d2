#include "sql/script.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace lockstep::sql;

static std::string repeated(std::string_view piece, size_t count) {
  std::string text;
  text.reserve(piece.size() * count);
  for (size_t i = 0; i < count; ++i)
    text += piece;
  return text;
}

/// Never the rest of a text in one piece.
static ScriptOptions separately() {
  ScriptOptions options;
  options.whole_file_limit = 0;
  return options;
}

using Texts = std::vector<std::string>;

static Texts statements(std::string_view text, const ScriptOptions &options = {}) {
  Texts texts;
  for (const auto &statement : parseScript(text, options).statements)
    texts.emplace_back(text.substr(statement->range.begin, statement->range.size()));
  return texts;
}

/// The statements' texts, which both ways of reading must agree on.
static Texts read(std::string_view text) {
  Texts whole = statements(text);
  CHECK(statements(text, separately()) == whole);
  return whole;
}

/// What each problem points at, and its statement.
static Texts problems(std::string_view text, const ScriptOptions &options = {}) {
  Texts texts;
  for (const ScriptProblem &problem : parseScript(text, options).problems)
    texts.push_back(std::string(text.substr(problem.where.begin, problem.where.size())) + " in " +
                    std::string(text.substr(problem.statement.begin, problem.statement.size())));
  return texts;
}

TEST_CASE("statements run from their first to their last token") {
  CHECK(read("SELECT 1;") == Texts{"SELECT 1"});
  CHECK(read("\n-- a\n/* b */ SELECT 1 -- c\n ; ;; SELECT 2\n-- d\n") ==
        Texts{"SELECT 1", "SELECT 2"});
  CHECK(read("SELECT 1; SELECT 2;\r\nSELECT 3\rUNION SELECT 4") ==
        Texts{"SELECT 1", "SELECT 2", "SELECT 3\rUNION SELECT 4"});
  CHECK(read("").empty());
  CHECK(read(" ;; -- nothing").empty());
  CHECK(read("(SELECT 1);WITH a AS (SELECT 1) SELECT * FROM a;") ==
        Texts{"(SELECT 1)", "WITH a AS (SELECT 1) SELECT * FROM a"});
}

TEST_CASE("semicolons that end no statement") {
  for (std::string_view statement :
       {"CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 "
        "END; "
        "SELECT (CASE 1 WHEN 1 THEN 2 END); END",
        "CREATE OR REPLACE PROCEDURE p(a int DEFAULT 1) BEGIN ATOMIC INSERT INTO t VALUES (1); END",
        "CREATE RULE r AS ON INSERT TO t DO ALSO (UPDATE a SET b = 1; DELETE FROM c)",
        "CREATE OR REPLACE RULE r AS ON DELETE TO t DO INSTEAD (SELECT 1;)",
        "DO $$ BEGIN PERFORM 1; END $$",
        "SELECT 'a;b', \"c;d\", $x$;$x$, E'\\';', U&'\\003b', 1 /*;*/ + 2",
        "CREATE FUNCTION f() RETURNS void AS 'BEGIN NULL; END' LANGUAGE plpgsql"}) {
    CAPTURE(statement);
    CHECK(read(std::string(statement) + "; SELECT 1;") ==
          Texts{std::string(statement), "SELECT 1"});
  }
}

TEST_CASE("comments are kept, strings are none") {
  for (const ScriptOptions &options : {ScriptOptions{}, separately()}) {
    Script script = parseScript("-- a\nSELECT '-- b' /* c */; -- d", options);
    REQUIRE(script.comments.size() == 3);
    CHECK(script.comments[0].range == Range{0, 4});
    CHECK_FALSE(script.comments[0].block);
    CHECK(script.comments[1].range == Range{19, 26});
    CHECK(script.comments[1].block);
    CHECK(script.comments[2].range == Range{28, 32});
  }
}

TEST_CASE("a bad statement costs one problem and no other statement") {
  constexpr std::string_view text = "SELECT 1;\nCREATE TABEL t ();\nSELECT 2;\nSELECT FROM FROM;\n"
                                    "SELECT 3";
  CHECK(read(text) == Texts{"SELECT 1", "SELECT 2", "SELECT 3"});
  CHECK(problems(text) == Texts{"TABEL in CREATE TABEL t ()", "FROM in SELECT FROM FROM"});
  Script script = parseScript(text);
  CHECK(script.problems[0].kind == ProblemKind::syntax);
  CHECK(script.problems[0].message == "syntax error at or near \"TABEL\"");
}

TEST_CASE("where a problem is, counted in bytes") {
  CHECK(problems("SELECT 'ä𝄞'; SELECT 'ü' FRM t;") == Texts{"t in SELECT 'ü' FRM t"});
  CHECK(problems("SELECT 1; SELECT (1;") == Texts{"1 in SELECT (1"});
  CHECK(problems("CREATE TABLE") == Texts{"TABLE in CREATE TABLE"});
}

TEST_CASE("an unclosed parenthesis or body ends where the next statement begins") {
  CHECK(read("CREATE TABLE a (b int; CREATE TABLE c (d int);") == Texts{"CREATE TABLE c (d int)"});
  CHECK(read("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; CREATE TABLE c (d int);") ==
        Texts{"CREATE TABLE c (d int)"});
  CHECK(read("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; DROP TABLE t;") ==
        Texts{"DROP TABLE t"});
}

TEST_CASE("the parser decides where a body ends that its words do not tell") {
  const std::string odd =
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; SELECT 2 case; END";
  const std::string text = "/* a */ SELECT 1; " + odd + "; /* b */ SELECT 3;";
  CHECK(statements(text) == Texts{"SELECT 1", odd, "SELECT 3"});
  Script script = parseScript(text);
  CHECK(script.problems.empty());
  REQUIRE(script.comments.size() == 2);
  CHECK(text.substr(script.comments[1].range.begin, script.comments[1].range.size()) == "/* b */");
  CHECK_FALSE(parseScript(text, separately()).problems.empty());
}

TEST_CASE("a missing quote costs the line it is missing on") {
  constexpr std::string_view text = "INSERT INTO t VALUES ('it's');\nSELECT 'b', \"c\";\nSELECT 2;";
  CHECK(read(text) == Texts{"SELECT 'b', \"c\"", "SELECT 2"});
  CHECK(parseScript(text).problems.size() == 1);
  CHECK(read("SELECT 'a;\nSELECT 2;") == Texts{"SELECT 2"});
  CHECK(problems("SELECT 'a;\nSELECT 2;") == Texts{"'a in SELECT 'a"});
  CHECK(read("SELECT \"a;\nSELECT 2;") == Texts{"SELECT 2"});
  // What a dollar quote or comment holds is not the script's.
  CHECK(read("DO $$ BEGIN\nDROP TABLE a;\nDROP TABLE b;\n").empty());
  CHECK(problems("SELECT 1; /* a;\nDROP TABLE b;\n") == Texts{"/* a; in /* a;\nDROP TABLE b;\n"});
}

TEST_CASE("bytes that the server cannot read") {
  using namespace std::string_literals;
  const std::string nul = "SELECT 1;\0 SELECT 2;\0"s;
  CHECK(read(nul) == Texts{"SELECT 1", "SELECT 2"});
  Script script = parseScript(nul);
  REQUIRE(script.problems.size() == 1);
  CHECK(script.problems[0].kind == ProblemKind::nul_byte);
  CHECK(script.problems[0].where == Range{9, 10});
  CHECK(script.problems[0].message ==
        "2 NUL bytes in the text: the server reads only up to the first");

  const std::string latin = "-- gr\xFC\xDF\nSELECT 'caf\xE9', na\xEFve FROM t; SELECT 2";
  CHECK(read(latin) == Texts{"SELECT 'caf\xE9', na\xEFve FROM t", "SELECT 2"});
  script = parseScript(latin);
  REQUIRE(script.problems.size() == 1);
  CHECK(script.problems[0].kind == ProblemKind::invalid_utf8);
  CHECK(script.problems[0].where == Range{5, 6});

  const std::string marked = "\xEF\xBB\xBFSELECT 1";
  CHECK(read(marked) == Texts{"SELECT 1"});
  CHECK(parseScript(marked).problems.empty());
  CHECK(read("\xEF\xBB\xBF").empty());

  std::string utf16;
  for (char c : "SELECT 1;"s)
    utf16 += std::string(1, c) + '\0';
  CHECK_FALSE(parseScript("\xFF\xFE" + utf16).problems.empty());
}

TEST_CASE("texts that are nested deeply or chained endlessly") {
  const std::string tail = "; SELECT 2";
  for (const std::string &deep :
       {"SELECT " + repeated("(", 100'000) + "1" + repeated(")", 100'000),
        "SELECT " + repeated("- ", 100'000) + "1", "SELECT " + repeated("NOT ", 100'000) + "true",
        "SELECT " + repeated("CASE WHEN ", 100'000),
        "SELECT * FROM a" + repeated(" JOIN b", 50'000)}) {
    CAPTURE(deep.substr(0, 20));
    CHECK(read(deep + tail) == Texts{"SELECT 2"});
    Script script = parseScript(deep + tail);
    REQUIRE(script.problems.size() == 1);
    CHECK(script.problems[0].kind == ProblemKind::too_deep);
  }
  for (const std::string &chained :
       {"SELECT 1" + repeated("+1", 500'000), "SELECT 1" + repeated(" UNION ALL SELECT 1", 50'000),
        "SELECT a" + repeated("::int", 100'000), "SELECT 'a'" + repeated("||'b'", 100'000),
        "SELECT * FROM a WHERE b" + repeated(" AND b", 100'000),
        "SELECT * FROM a" + repeated(" JOIN b ON true", 50'000),
        "SELECT " + repeated("(", 3'000) + "1" + repeated(")", 3'000),
        "SELECT " + repeated("f(", 3'000) + "1" + repeated(")", 3'000),
        repeated("SELECT (", 1'500) + "1" + repeated(")", 1'500),
        "SELECT a" + repeated("[1]", 100'000), "SELECT a" + repeated(".b", 100'000),
        "ALTER TABLE t ADD a int" + repeated(", ADD a int", 50'000),
        "INSERT INTO t VALUES (1)" + repeated(", (1)", 100'000)}) {
    CAPTURE(chained.substr(0, 40));
    CHECK(statements(chained + tail) == Texts{chained, "SELECT 2"});
  }
}

TEST_CASE("large texts are read statement by statement, large statements given up") {
  ScriptOptions options = separately();
  options.statement_limit = 100;
  const std::string large = "INSERT INTO t VALUES ('" + repeated("x", 200) + "')";
  const std::string text = "SELECT 1; " + large + "; SELECT 2;";
  CHECK(statements(text, options) == Texts{"SELECT 1", "SELECT 2"});
  Script script = parseScript(text, options);
  REQUIRE(script.problems.size() == 1);
  CHECK(script.problems[0].kind == ProblemKind::too_large);
  CHECK(script.problems[0].statement == Range{10, 10 + static_cast<uint32_t>(large.size())});
}

TEST_CASE("a sink gets the statements instead of the script") {
  constexpr std::string_view text = "SELECT 1; -- a\nSELEC 2; SELECT 3";
  for (const ScriptOptions &options : {ScriptOptions{}, separately()}) {
    Texts texts;
    Script script =
        parseScript(text, options, [&](const std::shared_ptr<const Statement> &statement) {
          texts.emplace_back(text.substr(statement->range.begin, statement->range.size()));
        });
    CHECK(texts == Texts{"SELECT 1", "SELECT 3"});
    CHECK(script.statements.empty());
    CHECK(script.comments.size() == 1);
    CHECK(script.problems.size() == 1);
  }
}

TEST_CASE("reading costs no more than linear time in the size of hostile texts") {
  // Each of these statements could make the scanner look at the rest of the text again.
  CHECK(parseScript(repeated("CREATE FUNCTION f() BEGIN ATOMIC;\n", 20'000)).problems.size() > 0);
  CHECK(parseScript(repeated("SELECT 'a;\n", 100'001)).problems.size() > 0);
  CHECK(parseScript(repeated("SELECT $a;\n", 20'000)).problems.size() == 20'000);
  CHECK(parseScript(repeated("$a$ /* ' \" ", 100'000)).problems.size() == 1);
}
