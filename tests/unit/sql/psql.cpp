#include "sql/script.hpp"
#include "sql/text/normalize.hpp"
#include "sql/text/psql_mask.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::sql;

static std::string mask(std::string_view text) { return maskPsql(text).text; }

TEST_CASE("a text without anything of psql's stays as it is") {
  for (std::string_view text :
       {"SELECT a::int, '12:30', b := 1;", "SELECT '\\d', E'\\n', $$ \\d :x $$;",
        "-- \\d :x\n/* \\q */", "SELECT a[1:n], json_object('k':v);", ""})
    CHECK(mask(text) == text);
}

TEST_CASE("meta-commands are blanked up to the end of the line") {
  CHECK(mask("\\restrict abc\nSELECT 1;\n\\unrestrict abc\n") ==
        "             \nSELECT 1;\n               \n");
  CHECK(mask("\\connect db\r\nSELECT 1") == "           \r\nSELECT 1");
  CHECK(mask("\\set a 'x\\\\y' \\\\ SELECT 1;") == "                 SELECT 1;");
  CHECK(mask("\\if :x \\echo y\nSELECT 1;\n\\endif") == "              \nSELECT 1;\n      ");
  CHECK(mask("\\! echo \\\\ a\nx") == "            \nx");
  MaskedText masked = maskPsql("a \\x\nb");
  REQUIRE(masked.meta_commands.size() == 1);
  CHECK(masked.meta_commands[0] == Range{2, 4});
}

TEST_CASE("what sends a statement ends it") {
  CHECK(mask("SELECT 1 \\gexec\nSELECT 2") == "SELECT 1 ;     \nSELECT 2");
  CHECK(mask("SELECT 1;\n\\g\nSELECT 2") == "SELECT 1;\n  \nSELECT 2");
  CHECK(mask("SELECT 1 \\gset p_\n") == "SELECT 1 ;       \n");
  CHECK(mask("SELECT 1 \\bind 1 \\g\n") == "SELECT 1         ; \n");
  CHECK(mask("SELECT 1\\; SELECT 2;") == "SELECT 1 ; SELECT 2;");
  CHECK(mask("SELECT nonsense \\r\nSELECT 2") == "                  \nSELECT 2");
}

TEST_CASE("variables become tokens of the same length") {
  CHECK(mask("SELECT :v, :'v', :\"v\" FROM :s.t") == "SELECT _v,  'v',  \"v\" FROM _s.t");
  CHECK(mask("SELECT :{?v}, :{?verbose}") == "SELECT true , true       ");
  CHECK(mask("SELECT ':v', a::v, f(:v)") == "SELECT ':v', a::v, f(_v)");
  CHECK(maskPsql("SELECT :v").variables == std::vector<Range>{{7, 9}});
}

TEST_CASE("the data of COPY is blanked up to its end") {
  MaskedText masked = maskPsql("COPY t (a, b) FROM stdin;\n1\tit's\n\\N\t\\\\\n\\.\nSELECT 1;");
  CHECK(masked.text == "COPY t (a, b) FROM stdin;\n      \n     \n  \nSELECT 1;");
  CHECK(masked.copy_data == std::vector<Range>{{26, 41}});
  CHECK(mask("copy t from STDIN with (format csv);\r\na;b\r\n\\.\r\nSELECT 1") ==
        "copy t from STDIN with (format csv);\r\n   \r\n  \r\nSELECT 1");
  // Rest of the line first, as psql reads it; data without an end goes up to the text's end.
  CHECK(mask("COPY t FROM STDIN; SELECT 1;\na\n") == "COPY t FROM STDIN; SELECT 1;\n \n");
  CHECK(mask("COPY t FROM STDIN;") == "COPY t FROM STDIN;");
  CHECK(mask("\\copy t from stdin\n1\n\\.\nSELECT 1;") == "                  \n \n  \nSELECT 1;");
  CHECK(mask("COPY t TO STDOUT;\nSELECT 1;") == "COPY t TO STDOUT;\nSELECT 1;");
  CHECK(mask("COPY t FROM 'stdin';\nSELECT 1;") == "COPY t FROM 'stdin';\nSELECT 1;");
}

TEST_CASE("normalised SQL is even in literals, blanks, comments and case") {
  CHECK(normalizeSql("SELECT  1, 'a' -- x\n FROM \"T\" ; ") == "select ? , ? from \"T\"");
  CHECK(normalizeSql("select /* y */ 2, 'b' FROM \"T\"") == "select ? , ? from \"T\"");
  CHECK(normalizeSql("DO $a$ BEGIN x := 1; END $a$") == "do $$ begin x := ? ; end $$");
  CHECK(normalizeSql("a; b;") == "a ; b");
  CHECK(normalizeSql("") == "");
}
