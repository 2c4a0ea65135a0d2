#include "base/shared_vector.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

using namespace lockstep::base;
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

namespace {
/// Counts its copies.
struct Counted {
  int *copies;
  int value;

  Counted(int &counter, int given) : copies(&counter), value(given) {}
  Counted(Counted &&) = default;
  Counted(const Counted &other) : copies(other.copies), value(other.value) { ++*copies; }
  Counted &operator=(Counted &&) = default;
};
} // namespace

TEST_CASE("only items that are changed are copied") {
  int copies = 0;
  SharedVector<Counted> items;
  for (int value : {1, 2, 3})
    items.push_back(Counted(copies, value));
  const SharedVector<Counted> copy = items;
  CHECK(copies == 0);

  // To look is free: the list itself stays shared.
  for (const Counted &item : items)
    CHECK(item.value > 0);
  items.editIf([](const Counted &item) { return item.value > 3; },
               [](Counted &item) { item.value = 0; });
  items.assignEach(&Counted::value, [](const Counted &item) { return item.value; });
  items.eraseIf([](const Counted &item) { return item.value > 3; });
  CHECK(items.editFirst([](const Counted &item) { return item.value > 3; }) == nullptr);
  CHECK(copies == 0);
  CHECK(copy.begin() == items.begin());

  items.editIf([](const Counted &item) { return item.value == 2; },
               [](Counted &item) { item.value = 20; });
  CHECK(copies == 1);
  items.assignEach(&Counted::value, [](const Counted &item) { return std::min(item.value, 2); });
  CHECK(copies == 2);
  CHECK((items[0].value == 1 && items[1].value == 2 && items[2].value == 2));
  CHECK((copy[0].value == 1 && copy[1].value == 2 && copy[2].value == 3));
  CHECK(&copy[0] == &items[0]);
}

TEST_CASE("the first item that is wanted is changed") {
  Words words{"a", "b", "b"};
  const Words copy = words;
  *words.editFirst([](const std::string &word) { return word == "b"; }) = "c";
  CHECK(items(words) == std::vector<std::string>{"a", "c", "b"});
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
