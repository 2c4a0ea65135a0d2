#include "base/path.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>

using namespace lockstep::base;

TEST_CASE("paths are joined and taken apart") {
  CHECK(joinPath("a", "b.sql") == "a/b.sql");
  CHECK(joinPath(".", "b.sql") == "b.sql");
  CHECK(joinPath("/", "b") == "/b");
  CHECK(parentPath("a/b/c") == "a/b");
  CHECK(parentPath("a") == ".");
  CHECK(parentPath(".") == "..");
  CHECK(parentPath("..") == "../..");
  CHECK(parentPath("/a") == "/");
  CHECK(fileName("a/b.sql") == "b.sql");
  CHECK(fileName("b.sql") == "b.sql");
}

TEST_CASE("a displayed path has no detours") {
  CHECK(normalPath("./a//b/../c") == "a/c");
  CHECK(normalPath("../a") == "../a");
  CHECK(normalPath("a/../..") == "..");
  CHECK(normalPath("/../a") == "/a");
  CHECK(normalPath("") == ".");
  CHECK(normalPath("a/..") == ".");
  std::string here = std::filesystem::current_path().generic_string();
  CHECK(displayPath(here + "/x/y.sql") == "x/y.sql");
  CHECK(displayPath(here) == ".");
  CHECK(displayPath(here + "-other/y.sql") == here + "-other/y.sql");
  CHECK(displayPath("./x/") == "x");
}

TEST_CASE("a path is below its folders") {
  CHECK(isBelow("a/b", "a"));
  CHECK(isBelow("a", "a"));
  CHECK_FALSE(isBelow("ab", "a"));
  CHECK(isBelow("a", "."));
  CHECK_FALSE(isBelow("../a", "."));
  CHECK(isBelow("/a", "/"));
  CHECK(relativeTo("a/b/c", "a") == "b/c");
  CHECK(relativeTo("x", "a") == "x");
}
