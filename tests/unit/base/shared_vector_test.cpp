#include "base/shared_vector.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace lockstep;
using Words = SharedVector<std::string>;

static std::vector<std::string> items(const Words &words) { return {words.begin(), words.end()}; }

TEST_CASE("copies share their items until one is edited") {
  Words words{"a", "b"};
  const Words copy = words;
  CHECK(copy.begin() == words.begin());
  words.edit()[0] = "x";
  CHECK(items(words) == std::vector<std::string>{"x", "b"});
  CHECK(items(copy) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("an item is added to one copy alone") {
  Words words{"a"};
  const Words copy = words;
  words.push_back("b");
  words.push_back("c");
  CHECK(items(words) == std::vector<std::string>{"a", "b", "c"});
  CHECK(items(copy) == std::vector<std::string>{"a"});
  CHECK(words.back() == "c");
}

TEST_CASE("an empty one can be read and edited") {
  Words words;
  CHECK(words.empty());
  CHECK(words.begin() == words.end());
  words.push_back("a");
  CHECK(words.size() == 1);
  CHECK(words.front() == "a");
  std::erase(words.edit(), "a");
  CHECK(words.empty());
}
