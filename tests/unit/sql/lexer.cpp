#include "sql/text/lexer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace lockstep::sql;
using enum TokenKind;

namespace {
struct Piece {
  TokenKind kind;
  std::string text;
  friend bool operator==(const Piece &, const Piece &) = default;
  friend std::ostream &operator<<(std::ostream &out, const Piece &piece) {
    return out << static_cast<int>(piece.kind) << ":" << piece.text;
  }
};
} // namespace

static std::vector<Piece> lex(std::string_view text) {
  std::vector<Piece> pieces;
  Lexer lexer(text);
  for (Token token = lexer.next(); token.kind != end; token = lexer.next())
    pieces.push_back({token.kind, std::string(text.substr(token.begin, token.size))});
  return pieces;
}

/// The one token that `text` is.
static TokenKind kindOf(std::string_view text) {
  std::vector<Piece> pieces = lex(text);
  return pieces.size() == 1 && pieces[0].text == text ? pieces[0].kind : end;
}

static std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> texts;
  for (Piece &piece : lex(text))
    texts.push_back(std::move(piece.text));
  return texts;
}

using Texts = std::vector<std::string>;

TEST_CASE("a statement's tokens") {
  CHECK(lex("SELECT a.\"B c\", $1 FROM t; -- x") == std::vector<Piece>{{word, "SELECT"},
                                                                       {word, "a"},
                                                                       {dot, "."},
                                                                       {quoted_word, "\"B c\""},
                                                                       {comma, ","},
                                                                       {parameter, "$1"},
                                                                       {word, "FROM"},
                                                                       {word, "t"},
                                                                       {semicolon, ";"},
                                                                       {line_comment, "-- x"}});
  CHECK(lex("") == std::vector<Piece>{});
  CHECK(lex(" \t\r\n\f\v") == std::vector<Piece>{});
}

TEST_CASE("words") {
  CHECK(kindOf("a$b_1") == word);
  CHECK(kindOf("größe") == word);
  CHECK(kindOf("\"a\"\"b\"") == quoted_word);
  CHECK(kindOf("U&\"d\\0061\"") == quoted_word);
  CHECK(split("u&x") == Texts{"u", "&", "x"});
}

TEST_CASE("strings") {
  CHECK(kindOf("'it''s; -- \"fine\"'") == string);
  CHECK(kindOf("'back\\'") == string);
  CHECK(kindOf("E'\\''") == string);
  CHECK(kindOf("e'\\\\'") == string);
  CHECK(kindOf("U&'d\\0061t'") == string);
  CHECK(kindOf("B'01'") == bit_string);
  CHECK(kindOf("x'1F'") == bit_string);
  CHECK(split("N'a'") == Texts{"N", "'a'"});
  CHECK(split("B'0''1'") == Texts{"B'0'", "'1'"});
  // Goes on over the end of a line, and only there.
  CHECK(kindOf("'a'\n  'b'") == string);
  CHECK(kindOf("E'a' \r\n '\\'b'") == string);
  CHECK(split("'a' 'b'") == Texts{"'a'", "'b'"});
  CHECK(split("'a' -- c\n'b'") == Texts{"'a'", "-- c", "'b'"});
}

TEST_CASE("dollar quotes") {
  CHECK(kindOf("$$ it's; $1 $$") == dollar_string);
  CHECK(kindOf("$a$ $b$ $$ $a $a$") == dollar_string);
  CHECK(kindOf("$a$$a$") == dollar_string);
  CHECK(kindOf("$a$ x$a$") == dollar_string);
  CHECK(split("x$$a$$") == Texts{"x$$a$$"});
  CHECK(split("$1$$a$$") == Texts{"$1", "$$a$$"});
  CHECK(split("$a b") == Texts{"$", "a", "b"});
}

TEST_CASE("numbers") {
  for (std::string_view number :
       {"1", "1.", ".5", "1.5e-10", "1E5", "0x1F", "0b01", "0o17", "1_000.5", "0x_1"})
    CHECK(kindOf(number) == TokenKind::number);
  CHECK(split("1..10") == Texts{"1", "..", "10"});
  CHECK(split("a[1:2]") == Texts{"a", "[", "1", ":", "2", "]"});
  CHECK(split("1-2") == Texts{"1", "-", "2"});
}

TEST_CASE("operators") {
  CHECK(split("a=-1") == Texts{"a", "=", "-", "1"});
  CHECK(split("a@-1") == Texts{"a", "@-", "1"});
  CHECK(split("a<>b::c:=d=>e") == Texts{"a", "<>", "b", "::", "c", ":=", "d", "=>", "e"});
  CHECK(split("a*/*x*/b") == Texts{"a", "*", "/*x*/", "b"});
  CHECK(split("a+--b") == Texts{"a", "+", "--b"});
  CHECK(split("a->>'b'#>c") == Texts{"a", "->>", "'b'", "#>", "c"});
}

TEST_CASE("comments") {
  CHECK(kindOf("/* a /* b */ ; */") == block_comment);
  CHECK(kindOf("/***/") == block_comment);
  CHECK(split("--a\rb--c\r\nd") == Texts{"--a", "b", "--c", "d"});
  CHECK(split("/**/a") == Texts{"/**/", "a"});
}

TEST_CASE("what has no end goes up to the end of the text") {
  for (std::string_view text : {"'a", "\"a", "$$a$", "$a$b$$", "/* a", "/* /* */", "E'\\'", "E'\\",
                                "U&'", "U&\"", "b'", "'a''"})
    CHECK(kindOf(text) == broken);
}

TEST_CASE("any byte is a token or blank") {
  std::string all;
  for (int c = 255; c >= 0; --c)
    all += std::string(1, static_cast<char>(c)) + " ";
  for (size_t begin = 0; begin < all.size(); ++begin) {
    Lexer lexer(std::string_view(all).substr(begin));
    uint32_t last = 0;
    for (Token token = lexer.next(); token.kind != end; token = lexer.next()) {
      REQUIRE(token.size > 0);
      REQUIRE(token.begin >= last);
      last = token.end();
    }
  }
}

TEST_CASE("what stands between the quotes") {
  auto content = [](std::string_view text) {
    Range range = contentOf(text, Lexer(text).next());
    return std::string(text.substr(range.begin, range.size()));
  };
  CHECK(content("'a''b'") == "a''b");
  CHECK(content("E'a'") == "a");
  CHECK(content("U&'a'") == "a");
  CHECK(content("$$a$$") == "a");
  CHECK(content("$x$a$x$") == "a");
  CHECK(content("''") == "");
}
