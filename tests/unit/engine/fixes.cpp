#include "engine/fixes.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::engine;

static Finding findingWith(std::string fingerprint, std::vector<Fix> fixes) {
  Finding finding;
  finding.fingerprint = std::move(fingerprint);
  finding.fixes = std::move(fixes);
  return finding;
}

static std::string fixed(std::string_view text, const std::vector<Finding> &findings,
                         bool unsafe = false, const std::set<std::string> &refused = {}) {
  std::vector<const Finding *> pointers;
  for (const Finding &finding : findings)
    pointers.push_back(&finding);
  return applyEdits(text, planFixes(pointers, unsafe, refused).edits);
}

TEST_CASE("edits are made together, wherever they stand") {
  Finding late = findingWith("a", {{"t", FixSafety::safe, {{{4, 7}, "TWO"}}}});
  Finding early = findingWith("b", {{"t", FixSafety::safe, {{{0, 3}, "ONE"}, {{8, 8}, "x"}}}});
  CHECK(fixed("one two three", {late, early}) == "ONE TWO xthree");
}

TEST_CASE("only safe fixes are made, unless others are asked for") {
  Finding finding = findingWith("a", {{"bold", FixSafety::unsafe, {{{0, 3}, "ONE"}}},
                                      {"mild", FixSafety::safe, {{{0, 3}, "One"}}}});
  CHECK(fixed("one", {finding}) == "One");
  CHECK(fixed("one", {finding}, true) == "ONE");
  CHECK(fixed("one", {finding}, true, {"a\nbold"}) == "One");
}

TEST_CASE("a suppressed finding is not mended") {
  Finding finding = findingWith("a", {{"t", FixSafety::safe, {{{0, 3}, "ONE"}}}});
  finding.suppressed = Suppression{"comment", ""};
  CHECK(fixed("one", {finding}) == "one");
}

TEST_CASE("fixes that collide are made one at a time, as a whole") {
  Finding first = findingWith("a", {{"t", FixSafety::safe, {{{0, 5}, "A"}}}});
  Finding second = findingWith("b", {{"t", FixSafety::safe, {{{4, 6}, "B"}, {{8, 9}, "C"}}}});
  CHECK(fixed("0123456789", {first, second}) == "A56789");
  Finding there = findingWith("c", {{"t", FixSafety::safe, {{{3, 3}, "x"}}}});
  Finding also = findingWith("d", {{"t", FixSafety::safe, {{{3, 3}, "y"}}}});
  CHECK(fixed("0123456789", {there, also}) == "012x3456789");
}

TEST_CASE("an edit that two findings ask for is made once, and both are mended") {
  Finding first = findingWith("a", {{"t", FixSafety::safe, {{{0, 0}, "SET x;\n"}}}});
  Finding second = findingWith("b", {{"t", FixSafety::safe, {{{0, 0}, "SET x;\n"}}}});
  std::vector<const Finding *> both{&first, &second};
  FixPlan plan = planFixes(both, false, {});
  CHECK(plan.edits.size() == 1);
  CHECK(plan.fixes.size() == 2);
}

TEST_CASE("line ends are those of the text") {
  CHECK(applyEdits("a\r\nb\r\n", std::vector<Edit>{{{0, 0}, "x\ny\r\n"}}) ==
        "x\r\ny\r\na\r\nb\r\n");
  CHECK(applyEdits("a\nb\n", std::vector<Edit>{{{0, 0}, "x\n"}}) == "x\na\nb\n");
}

static std::string hunks(std::string_view before, std::string_view after) {
  return unifiedHunks(before, after, [](std::string_view line) { return line.starts_with('!'); });
}

TEST_CASE("a diff is none, one hunk, or several") {
  CHECK(hunks("a\n", "a\n").empty());
  CHECK(hunks("a\nb\nc\n", "a\nB\nc\n") == "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
  CHECK(hunks("", "a\n") == "@@ -0,0 +1,1 @@\n+a\n");
  std::string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
  CHECK(hunks(before, "1\nX\n3\n4\n5\n6\n7\n8\n9\n10\n12\n") ==
        "@@ -1,5 +1,5 @@\n 1\n-2\n+X\n 3\n 4\n 5\n"
        "@@ -8,5 +8,4 @@\n 8\n 9\n 10\n-11\n 12\n");
  CHECK(hunks("a", "b") == "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline "
                           "at end of file\n");
}

TEST_CASE("a line that may be no context is removed and added where it would be one") {
  CHECK(hunks("!1\n2\n3\n4\n5\n6\n7\n8\n!9\n", "!1\n2\n3\n4\nX\n6\n7\n8\n!9\n") ==
        "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
  CHECK(hunks("1\n2\n!3\n4\n5\n!6\n7\n8\n9\n10\n", "1\n2\n!3\n4\n5\n!6\n7\n8\nX\n10\n") ==
        "@@ -1,10 +1,10 @@\n 1\n 2\n-!3\n+!3\n 4\n 5\n-!6\n+!6\n 7\n 8\n-9\n+X\n 10\n");
}
