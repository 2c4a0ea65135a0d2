#include "report/line_diff.hpp"

#include <catch2/catch_test_macros.hpp>

using lockstep::report::lineDiff;

TEST_CASE("texts that are the same have no difference") {
  CHECK(lineDiff("", "").empty());
  CHECK(lineDiff("a\nb\n", "a\nb\n").empty());
}

TEST_CASE("a difference is shown with three lines around it") {
  CHECK(lineDiff("1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n") ==
        "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("lines are added at the beginning and removed at the end") {
  CHECK(lineDiff("b\nc\nd", "a\nb\nc") == "@@ -1,3 +1,3 @@\n+a\n b\n c\n-d\n");
}

TEST_CASE("differences far apart are parts of their own") {
  CHECK(lineDiff("x\n1\n2\n3\n4\n5\n6\n7\n8\ny", "1\n2\n3\n4\n5\n6\n7\n8") ==
        "@@ -1,4 +1,3 @@\n-x\n 1\n 2\n 3\n@@ -7,4 +6,3 @@\n 6\n 7\n 8\n-y\n");
}

TEST_CASE("a text that appears or goes as a whole") {
  CHECK(lineDiff("a\nb", "") == "@@ -1,2 +1,1 @@\n-a\n-b\n+\n");
}
