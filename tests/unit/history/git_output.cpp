#include "history/files/git_output.hpp"

#include "history/files/git_blob.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::history;
using namespace std::string_view_literals;

static const std::string id(40, 'a');
static const std::string zeros(40, '0');

TEST_CASE("the head of an object is read, or refused") {
  auto header = parseBatchHeader(id + " blob 12", id);
  REQUIRE(header);
  CHECK(header->type == "blob");
  CHECK(header->size == 12);
  header = parseBatchHeader(id + " missing", id);
  REQUIRE(header);
  CHECK(header->type.empty());
  for (const std::string &line :
       {std::string(), id, id + " blob", id + " blob ", id + " blob -1", id + " blob 1x",
        id + " blob 1 2", id + "  1", id + " missing x", zeros + " blob 12", "fatal: " + id,
        id + " blob 99999999999999999999999", id + " Missing"})
    CHECK_FALSE(parseBatchHeader(line, id));
}

TEST_CASE("lists of paths are read, or refused") {
  CHECK(parsePaths("")->empty());
  CHECK(*parsePaths("a\0b/c d\0x/\0\n\0"sv) ==
        std::vector<std::string_view>{"a", "b/c d", "x/", "\n"});
  for (std::string_view text : {"a"sv, "\0"sv, "a\0\0"sv, "a\0b"sv, "/etc/passwd\0"sv, "../a\0"sv,
                                "a/../../b\0"sv, "./a\0"sv, "..\0"sv})
    CHECK_FALSE(parsePaths(text));
}

TEST_CASE("the index is read, or refused") {
  const std::string text = "H 100644 " + id + " 0\ta\tb.sql" + '\0' + "S 100755 " + id + " 0\ts" +
                           '\0' + "h 120000 " + id + " 0\tl" + '\0' + "M 100644 " + id + " 2\tm\n" +
                           '\0';
  const auto entries = parseIndex(text);
  REQUIRE(entries);
  REQUIRE(entries->size() == 4);
  CHECK((*entries)[0].path == "a\tb.sql");
  CHECK((*entries)[0].mode == "100644");
  CHECK((*entries)[0].id == id);
  CHECK_FALSE((*entries)[0].skipped);
  CHECK((*entries)[1].skipped);
  CHECK((*entries)[2].skipped);
  CHECK((*entries)[2].mode == "120000");
  CHECK((*entries)[3].unmerged);
  CHECK((*entries)[3].path == "m\n");
  CHECK_FALSE((*entries)[0].unmerged);
  // Every text that ends too early.
  for (size_t size = 1; size < text.size(); ++size)
    if (text[size - 1] != '\0')
      CHECK_FALSE(parseIndex(std::string_view(text).substr(0, size)));
  const auto entry = [](const std::string &head, const std::string &path) {
    return parseIndex(head + '\t' + path + '\0').has_value();
  };
  CHECK(entry("H 100644 " + id + " 0", "a"));
  CHECK(entry("H 100644 " + std::string(64, 'b') + " 0", "a"));
  CHECK_FALSE(entry("H 100644 " + id + " 0", "../a"));
  CHECK_FALSE(entry("H 100644 " + id + " 0", ""));
  CHECK_FALSE(entry("H 100644 " + id.substr(1) + " 0", "a"));
  CHECK_FALSE(entry("H 100644 " + id.substr(1) + "G 0", "a"));
  CHECK_FALSE(entry("H 100644 " + id, "a"));
  CHECK_FALSE(entry("100644 " + id + " 0", "a"));
  CHECK_FALSE(entry("H 10064 " + id + " 0", "a"));
  CHECK_FALSE(entry("H 100648 " + id + " 0", "a"));
  CHECK_FALSE(entry("H 100644 " + id + " 0 1", "a"));
}

TEST_CASE("a difference is read, or refused") {
  const std::string text = ":100644 100644 " + id + " " + zeros + " M" + '\0' + "a b" + '\0' +
                           ":000000 100644 " + zeros + " " + id + " A" + '\0' + "c" + '\0';
  const auto changes = parseRawDiff(text);
  REQUIRE(changes);
  REQUIRE(changes->size() == 2);
  CHECK((*changes)[0].path == "a b");
  CHECK((*changes)[0].status == 'M');
  CHECK((*changes)[0].old_id == id);
  CHECK((*changes)[0].old_mode == "100644");
  CHECK((*changes)[1].status == 'A');
  CHECK((*changes)[1].old_mode == "000000");
  for (size_t size = 1; size < text.size(); ++size)
    if (!text.substr(0, size).ends_with(std::string("a b") + '\0'))
      CHECK_FALSE(parseRawDiff(std::string_view(text).substr(0, size)));
  const auto change = [](const std::string &head, const std::string &path) {
    return parseRawDiff(head + '\0' + path + '\0').has_value();
  };
  const std::string ids = id + " " + id;
  CHECK(change(":100644 100644 " + ids + " T", "a"));
  CHECK_FALSE(change("100644 100644 " + ids + " M", "a"));
  CHECK_FALSE(change(":100644 100644 " + ids + " R100", "a"));
  CHECK_FALSE(change(":100644 100644 " + ids + " X", "a"));
  CHECK_FALSE(change(":100644 100644 " + ids + " ", "a"));
  CHECK_FALSE(change(":100644 100644 " + id + " M", "a"));
  CHECK_FALSE(change(":100644 100644 " + ids + " M", "/a"));
}

TEST_CASE("a blob has the name that git gives it") {
  // git hash-object --stdin
  CHECK(blobId("", 40) == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  CHECK(blobId("hello\n", 40) == "ce013625030ba8dba906f756967f9e9ca394464a");
  CHECK(blobId("hello\n", 64) ==
        "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4");
}

TEST_CASE("a checkout may break lines in another way") {
  const std::string blob = blobId("a\nb\n", 40);
  CHECK(isCheckoutOf("a\nb\n", blob));
  CHECK(isCheckoutOf("a\r\nb\r\n", blob));
  CHECK(isCheckoutOf("a\r\nb\n", blob));
  CHECK_FALSE(isCheckoutOf("a\rb\n", blob));
  CHECK_FALSE(isCheckoutOf("a\nb", blob));
  CHECK_FALSE(isCheckoutOf("a\r\r\nb\n", blob));
  // What git holds with CRLF and the file has without is a change.
  CHECK_FALSE(isCheckoutOf("a\nb\n", blobId("a\r\nb\r\n", 40)));
  CHECK(withLineBreaksOf("a\nb", "x\r\ny") == "a\r\nb");
  CHECK(withLineBreaksOf("a\nb", "x\ny") == "a\nb");
  CHECK(withLineBreaksOf("a\r\nb\n", "x\r\ny") == "a\r\nb\n");
}

TEST_CASE("a checkout may write the blob's name into a text") {
  const std::string blob = blobId("-- $Id$\nSELECT 1; -- $Id$\n", 40);
  CHECK(isCheckoutOf("-- $Id: 0123 $\nSELECT 1; -- $Id: x $\n", blob));
  CHECK(isCheckoutOf("-- $Id: 0123 $\r\nSELECT 1; -- $Id$\r\n", blob));
  CHECK_FALSE(isCheckoutOf("-- $Id: 0123 $\nSELECT 2; -- $Id: x $\n", blob));
  CHECK_FALSE(isCheckoutOf("-- $Id: 0123\n $\nSELECT 1; -- $Id: x $\n", blob));
  CHECK_FALSE(isCheckoutOf("-- $Id: 0123 $\nSELECT 1; -- $Id: x", blob));
  CHECK_FALSE(isCheckoutOf("-- $Id: 0123 $ DROP TABLE t;\nSELECT 1; -- $Id$\n", blob));
}

TEST_CASE("a pointer of Git LFS stands for its file, and for no other") {
  // sha256sum of "hello\n"
  const std::string sum = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + sum + "\nsize 6\n";
  CHECK(isPointerTo(pointer, "hello\n"));
  CHECK_FALSE(isPointerTo(pointer, "hallo\n"));
  CHECK_FALSE(isPointerTo(pointer, "hello\n\n"));
  CHECK_FALSE(isPointerTo("hello\n", "hello\n"));
  CHECK_FALSE(parseLfsPointer("version https://git-lfs.github.com/spec/v1\nsize 6\n"));
  CHECK_FALSE(parseLfsPointer("version https://git-lfs.github.com/spec/v1\noid sha256:" + sum));
  CHECK_FALSE(parseLfsPointer("oid sha256:" + sum + "\nsize 6\n"));
  CHECK_FALSE(parseLfsPointer(pointer + std::string(1024, '\n')));
}
