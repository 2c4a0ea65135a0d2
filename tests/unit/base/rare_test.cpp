#include "base/rare.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::base;

TEST_CASE("a rare member that is empty takes one null pointer") {
  Rare<std::string> text;
  CHECK(sizeof text == sizeof(void *));
  CHECK(text.empty());
  CHECK_FALSE(text);
  CHECK(*text == "");
  CHECK(std::string_view(text) == "");
  text = std::string();
  CHECK(text == Rare<std::string>());
  text = std::string_view("x");
  CHECK((text && !text.empty() && text->size() == 1));
  text.clear();
  CHECK(text.empty());
}

TEST_CASE("copies of a rare member have values of their own") {
  Rare<std::vector<int>> items(std::vector{1, 2});
  Rare<std::vector<int>> copy = items;
  copy.push_back(3);
  CHECK((items.size() == 2 && copy.size() == 3 && copy[2] == 3));
  copy = items;
  CHECK(copy == items);
  copy.edit()[0] = 7;
  CHECK((items[0] == 1 && copy[0] == 7));
  const Rare<std::vector<int>> moved = std::move(copy);
  CHECK(moved == std::vector{7, 2});
}

TEST_CASE("a rare vector grows and shrinks") {
  Rare<std::vector<int>> items;
  items.append({});
  items.eraseIf([](int) { return true; });
  CHECK((items.empty() && items.begin() == items.end()));
  items.append({1, 2});
  items.append({3});
  items.eraseIf([](int item) { return item == 2; });
  CHECK(items == std::vector{1, 3});
  items.eraseIf([](int) { return true; });
  CHECK((items.empty() && items == Rare<std::vector<int>>()));
}

TEST_CASE("to look at a rare member keeps nothing") {
  Rare<std::vector<int>> items;
  for (int &item : items)
    item = 1;
  items.eraseIf([](int) { return true; });
  CHECK(items.stored() == nullptr);
  items.push_back(1);
  for (int &item : items)
    ++item;
  items[0] *= 2;
  CHECK(items == std::vector{4});
}

TEST_CASE("a rare text compares with every kind of text") {
  const Rare<std::string> text(std::string("full"));
  CHECK(text == "full");
  CHECK(text == std::string("full"));
  CHECK(text == std::string_view("full"));
  CHECK(text != "nothing");
  CHECK(text == Rare<std::string>(std::string("full")));
}
