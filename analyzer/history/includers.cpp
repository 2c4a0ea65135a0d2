#include "history/includers.hpp"

#include "history/formats/all.hpp"

#include <unordered_map>
#include <unordered_set>

namespace lockstep::history {

static bool isAlone(const History &history) {
  return history.format == &plain_format && !history.is_declared &&
         history.migrations.size() == 1 &&
         history.migrations.front().files.front().path == history.path;
}

/// The history's files that another one of it includes: `use` takes the places of each.
template <typename Use> static void forEachIncluded(const History &history, Use use) {
  for (size_t i = 0; i < history.migrations.size(); ++i)
    for (size_t j = 0; j < history.migrations[i].files.size(); ++j)
      if (history.migrations[i].files[j].included)
        use(i, j);
}

namespace {
/// Where an included file runs.
struct IncludedPlace {
  FoundHistory *found = nullptr;
  size_t migration = 0;
  size_t file = 0;
};
} // namespace

void leaveToIncluders(std::vector<FoundHistory> &histories) {
  std::unordered_set<std::string_view> included;
  for (const FoundHistory &found : histories)
    forEachIncluded(found.history, [&](size_t migration, size_t file) {
      included.insert(found.history.migrations[migration].files[file].path);
    });
  if (included.empty())
    return;
  std::unordered_map<std::string_view, IncludedPlace> places; // The first that stays.
  auto keep = [&](FoundHistory &found) {
    forEachIncluded(found.history, [&](size_t migration, size_t file) {
      places.try_emplace(found.history.migrations[migration].files[file].path,
                         IncludedPlace{&found, migration, file});
    });
  };
  auto mayGo = [&](const History &history) {
    return isAlone(history) && included.contains(history.path);
  };
  for (FoundHistory &found : histories)
    if (!mayGo(found.history))
      keep(found);
  std::vector<bool> goes(histories.size(), false);
  for (size_t i = 0; i < histories.size(); ++i) {
    if (!mayGo(histories[i].history))
      continue;
    auto place = places.find(histories[i].history.path);
    goes[i] = place != places.end();
    if (!goes[i])
      keep(histories[i]);
    else if (histories[i].wanted.contains(0, 0))
      place->second.found->wanted.add(place->second.migration, place->second.file);
  }
  size_t index = 0;
  std::erase_if(histories, [&](const FoundHistory &) { return goes[index++]; });
}

void wantIncluded(std::vector<FoundHistory> &histories,
                  const std::function<bool(const std::string &path)> &is_excluded) {
  auto for_each_of_wanted = [&](auto use) {
    for (FoundHistory &found : histories)
      forEachIncluded(found.history, [&](size_t migration, size_t file) {
        if (found.wanted.hasAnyOf(migration))
          use(found.wanted, migration, file, found.history.migrations[migration].files[file].path);
      });
  };
  std::unordered_set<std::string_view> taken;
  for_each_of_wanted(
      [&](const FileSet &wanted, size_t migration, size_t file, const std::string &path) {
        if (wanted.contains(migration, file))
          taken.insert(path);
      });
  for_each_of_wanted([&](FileSet &wanted, size_t migration, size_t file, const std::string &path) {
    if (!is_excluded(path) && taken.insert(path).second)
      wanted.add(migration, file);
  });
}

} // namespace lockstep::history
