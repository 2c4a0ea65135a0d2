#include "base/persistent_map.hpp"

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace lockstep::base;

/// A hash with many collisions.
struct PoorHash {
  size_t operator()(int key) const { return static_cast<size_t>(key % 7); }
};

template <class Map> static std::map<int, std::string> contentsOf(const Map &map) {
  std::map<int, std::string> contents;
  map.forEach([&](int key, const std::string &value) { contents.emplace(key, value); });
  return contents;
}

/// Random changes against std::map, with snapshots that must never change.
template <class Hash> static void compareWithModel(int keys) {
  std::mt19937 random(7);
  PersistentMap<int, std::string, Hash> map;
  std::map<int, std::string> model;
  std::vector<std::pair<PersistentMap<int, std::string, Hash>, std::map<int, std::string>>> kept;
  for (int step = 0; step < 4000; ++step) {
    const int key = static_cast<int>(random() % static_cast<unsigned>(keys));
    const std::string value = std::to_string(step);
    switch (random() % 4) {
    case 0:
      CHECK(map.erase(key) == (model.erase(key) == 1));
      break;
    case 1: {
      std::string *found = map.edit(key);
      REQUIRE((found != nullptr) == model.contains(key));
      if (found)
        *found = model[key] = value;
      break;
    }
    default:
      map.set(key, value);
      model[key] = value;
    }
    REQUIRE(map.size() == model.size());
    if (step % 97 == 0)
      kept.emplace_back(map, model);
  }
  kept.emplace_back(map, model);
  for (const auto &[snapshot, expected] : kept) {
    CHECK(contentsOf(snapshot) == expected);
    for (int key = 0; key < keys; ++key) {
      const std::string *found = snapshot.find(key);
      const auto it = expected.find(key);
      REQUIRE((found != nullptr) == (it != expected.end()));
      if (found)
        REQUIRE(*found == it->second);
    }
  }
}

TEST_CASE("a persistent map agrees with std::map, and snapshots never change") {
  compareWithModel<std::hash<int>>(50);
  compareWithModel<std::hash<int>>(3000);
}

TEST_CASE("keys that share a whole hash are all kept") { compareWithModel<PoorHash>(60); }

TEST_CASE("a map that nothing shares is changed in place") {
  PersistentMap<int, std::string> map;
  map.set(1, "a");
  const std::string *before = map.find(1);
  *map.edit(1) = "b";
  CHECK(map.find(1) == before);
  const PersistentMap<int, std::string> snapshot = map;
  *map.edit(1) = "c";
  CHECK(map.find(1) != before);
  CHECK(*snapshot.find(1) == "b");
  CHECK(*map.find(1) == "c");
}
