#include "base/shared_vector.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

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

namespace {
/// What compare() tells of two vectors: how often each item is there more, or less.
std::map<int, int> differences(const SharedVector<int> &before, const SharedVector<int> &after,
                               size_t *looked_at = nullptr) {
  std::map<int, int> counts;
  size_t looked = 0;
  const auto count = [&](int by) {
    return [&counts, &looked, by](int item) {
      counts[item] += by;
      ++looked;
    };
  };
  SharedVector<int>::compare(before, after, count(-1), count(1));
  std::erase_if(counts, [](const auto &entry) { return entry.second == 0; });
  if (looked_at)
    *looked_at = looked;
  return counts;
}

/// A vector and what it should hold, with random changes made to both.
struct Twin {
  SharedVector<int> items;
  std::vector<int> expected;
  std::mt19937 random{7};

  size_t below(size_t end) { return random() % end; }
  void change() {
    const size_t kind = below(expected.size() < 50 ? 2 : 5);
    if (kind < 3) {
      for (size_t count = below(kind == 0 ? 40 : 3); count-- > 0;) {
        const int item = static_cast<int>(below(1000));
        items.push_back(item);
        expected.push_back(item);
      }
    } else if (kind == 3) {
      const size_t place = below(expected.size());
      items.edit(place) = expected[place] = static_cast<int>(below(1000));
    } else {
      const int divisor = static_cast<int>(2 + below(200));
      const auto gone = [&](int item) { return item % divisor == 1; };
      items.eraseIf(gone);
      std::erase_if(expected, gone);
    }
  }
  void check() const {
    REQUIRE(std::vector<int>(items.begin(), items.end()) == expected);
    REQUIRE(items.size() == expected.size());
  }
};
} // namespace

TEST_CASE("a large one holds what a vector would, and so do its copies") {
  Twin twin;
  std::vector<std::pair<SharedVector<int>, std::vector<int>>> copies;
  for (int step = 0; step < 3000; ++step) {
    if (step % 10 == 0)
      copies.emplace_back(twin.items, twin.expected);
    twin.change();
    if (step % 50 == 0)
      twin.check();
  }
  CHECK(twin.expected.size() > 100);
  for (const auto &[items, expected] : copies) {
    REQUIRE(std::vector<int>(items.begin(), items.end()) == expected);
    for (size_t place = 0; place < expected.size(); place += 7) {
      REQUIRE(items[place] == expected[place]);
      REQUIRE(*(items.begin() + static_cast<std::ptrdiff_t>(place)) == expected[place]);
    }
    std::map<int, int> counts;
    for (int item : expected)
      --counts[item];
    for (int item : twin.expected)
      ++counts[item];
    std::erase_if(counts, [](const auto &entry) { return entry.second == 0; });
    REQUIRE(differences(items, twin.items) == counts);
  }
  CHECK(differences(copies.back().first, copies.back().first).empty());
}

TEST_CASE("a change of a large one looks at few items, and makes few anew") {
  constexpr int many = 100'000;
  SharedVector<int> items;
  for (int item = 0; item < many; ++item)
    items.push_back(item);
  const SharedVector<int> before = items;
  items.edit(many / 2) = -1;
  items.push_back(-2);
  size_t looked_at = 0;
  CHECK(differences(before, items, &looked_at) ==
        std::map<int, int>{{many / 2, -1}, {-1, 1}, {-2, 1}});
  CHECK(looked_at < 10);
  items.eraseIf([](int item) { return item == 5 || (item >= 320 && item < 640); });
  CHECK(items.size() == static_cast<size_t>(many) + 1 - 321);
  CHECK(differences(before, items, &looked_at).size() == 3 + 321);
  CHECK(looked_at < 1000);
  CHECK(before.size() == static_cast<size_t>(many));
  items.eraseIf([](int) { return true; });
  CHECK(items.empty());
  CHECK(items.begin() == items.end());
}
