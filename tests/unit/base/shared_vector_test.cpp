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
  words.edit(0) = "x";
  CHECK(items(words) == std::vector<std::string>{"x", "b"});
  CHECK(items(copy) == std::vector<std::string>{"a", "b"});
  CHECK(&copy[1] == &words[1]);
}

TEST_CASE("items are changed all together or the first that is wanted") {
  Words words{"a", "b", "b"};
  const Words copy = words;
  for (std::string &word : words.edit())
    word += "!";
  CHECK(items(words) == std::vector<std::string>{"a!", "b!", "b!"});
  *words.editFirst([](const std::string &word) { return word == "b!"; }) = "c";
  CHECK(items(words) == std::vector<std::string>{"a!", "c", "b!"});
  CHECK(words.editFirst([](const std::string &word) { return word == "x"; }) == nullptr);
  CHECK(items(copy) == std::vector<std::string>{"a", "b", "b"});
}

TEST_CASE("items are removed from one copy alone") {
  Words words{"a", "b", "a"};
  const Words copy = words;
  words.eraseIf([](const std::string &word) { return word == "x"; });
  CHECK(copy.begin() == words.begin());
  words.eraseIf([](const std::string &word) { return word == "a"; });
  CHECK(items(words) == std::vector<std::string>{"b"});
  CHECK(items(copy) == std::vector<std::string>{"a", "b", "a"});
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
  words.eraseIf([](const std::string &word) { return word == "a"; });
  CHECK(words.empty());
}
