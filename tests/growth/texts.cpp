#include "growth/project.hpp"

namespace lockstep::growth {

static void checkPsql(Generators &into, std::string name, std::vector<Piece> pieces) {
  std::vector<std::string> &words = into.check(std::move(name), std::move(pieces)).words;
  words.insert(words.end(), {"--framework", "psql"});
}

void addTexts(Generators &into) {
  into.check("text-one-line", {each("CREATE TABLE t# (a int); ")});
  into.check("text-carriage-returns", {each("CREATE TABLE t# (a int);\r")});
  into.check("text-carriage-returns-mixed", {each("CREATE TABLE t# (a int);\r\n")});
  into.check("text-blank-lines", {each("\n\n\n\n"), once("DROP TABLE t;\n")});
  into.check("text-comments", {each("-- x #\n"), once("DROP TABLE t;\n")});
  into.check("text-comments-trailing", {each("CREATE TABLE t# (a int); -- x\n")});
  into.check("text-comments-block", {each("/* x # */\n"), once("DROP TABLE t;\n")});
  into.check("text-comments-nested", {each("/* "), each(" */"), once(" DROP TABLE t;\n")});
  into.check("text-comments-in-a-statement",
             {once("CREATE TABLE t (\n"), each("c# int -- x\n", ", "), once(");\n")});
  into.check("text-comments-on-one-line", {each("/* x # */ "), once("DROP TABLE t;\n")});
  into.check("text-dollar-quotes", {each("SELECT $a$ # $a$;\n")});
  into.check("text-dollar-quotes-of-many-tags", {each("SELECT $a#$ # $a#$;\n")});
  into.check("text-dollar-quote-open", {each("SELECT $a#$ x;\n")}).valid = false;
  into.check("text-dollar-signs", {once("SELECT '"), each("$#$ "), once("';\n")});
  into.check("text-quotes", {each("SELECT 'it''s #';\n")});
  into.check("text-long-string", {once("SELECT '"), each("some words, "), once("';\n")});
  into.check("text-long-name", {once("SELECT 1 AS \""), each("some words, "), once("\";\n")});
  into.check("text-escapes", {once("SELECT E'"), each("\\n\\x41"), once("';\n")});
  into.check("text-quotes-open", {each("SELECT 'x;\n")}).valid = false;
  into.check("text-broken", {each("CREATE TABEL t# (a int);\n")}).valid = false;
  into.check("text-broken-on-one-line", {each("CREATE TABEL t# (a int); ")}).valid = false;
  into.check("text-broken-in-between", {each("CREATE TABLE t# (a int);\nSELEC #;\n")}).valid =
      false;
  into.check("text-parentheses-open", {each("SELECT (;\n")}).valid = false;
  into.check(
          "text-broken-functions",
          {each("CREATE FUNCTION f#() RETURNS void LANGUAGE plpgsql AS $$ BEGIN x y z; END $$;\n")})
      .valid = false;
  into.check("text-semicolons", {each(";"), once("DROP TABLE t;\n")});
  into.check("text-null-bytes", {each(std::string("\0", 1)), once("DROP TABLE t;\n")}).valid =
      false;
  into.check("text-invalid-utf8",
             {once("SELECT '"), each("\xff"), once("';\n"), each("CREATE TABLE t# (a int); ")})
      .valid = false;
  checkPsql(into, "text-copy-data",
            {once("CREATE TABLE t (a int, b text);\nCOPY t FROM stdin;\n"), each("#\tx\n"),
             once("\\.\nDROP TABLE t;\n")});
  checkPsql(into, "text-copies",
            {once("CREATE TABLE t (a int, b text);\n"), each("COPY t FROM stdin;\n#\tx\n\\.\n")});
  checkPsql(into, "text-psql-commands", {each("\\set v# #\n\\echo x\nCREATE TABLE t# (a int);\n")});
  checkPsql(into, "text-psql-conditions",
            {each("\\if :x#\n"), once("DROP TABLE t;\n"), each("\\endif\n")});
  checkPsql(
      into, "text-psql-conditions-in-turn",
      {each("\\if :x#\nCREATE TABLE t# (a int);\n\\else\nCREATE TABLE u# (a int);\n\\endif\n")});
  checkPsql(into, "text-psql-variables", {each("SELECT :'v#', :\"w#\", :x#;\n")});
  into.project("text-placeholders", [](size_t n) {
    return Files{{"V1__a.sql", written({each("CREATE TABLE ${schema}.t# (a int);\n")}, n)}};
  });
  into.project("text-placeholders-declared", [](size_t n) {
    return Files{{"V1__a.sql", written({each("CREATE TABLE ${p#}.t# (a int);\n")}, n)},
                 {".lockstep.yaml",
                  written({once("histories:\n  - path: .\n    framework: flyway\n    settings:\n"),
                           each("      placeholders.p#: s#\n")},
                          n)}};
  });
  into.project("text-goose-blocks", [](size_t n) {
    return Files{{"1_a.sql", written({once("-- +goose Up\n"),
                                      each("-- +goose StatementBegin\nCREATE TABLE t# (a int);\n-- "
                                           "+goose StatementEnd\n")},
                                     n)}};
  });
  into.project("text-liquibase-changesets", [](size_t n) {
    return Files{{"a.sql", written({once("--liquibase formatted sql\n"),
                                    each("--changeset me:#\nCREATE TABLE t# (a int);\n--rollback "
                                         "DROP TABLE t#;\n")},
                                   n)}};
  });
  into.project("text-down-sections", [](size_t n) {
    return Files{{"1_a.sql", written({once("-- +goose Up\nSELECT 1;\n-- +goose Down\n"),
                                      each("CREATE TABLE t# (a int);\n")},
                                     n)}};
  });
}

} // namespace lockstep::growth
