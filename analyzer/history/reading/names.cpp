#include "history/reading/names.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace lockstep::history {

std::optional<std::string_view> sqlStem(std::string_view file) {
  if (file.size() <= 4 || !equalsIgnoringCase(file.substr(file.size() - 4), ".sql"))
    return std::nullopt;
  return file.substr(0, file.size() - 4);
}

std::string_view leadingDigits(std::string_view name) {
  size_t end = 0;
  while (end < name.size() && name[end] >= '0' && name[end] <= '9')
    ++end;
  return name.substr(0, end);
}

std::optional<NamedFile> versionAndName(std::string_view stem, char separator) {
  std::string_view digits = leadingDigits(stem);
  if (digits.empty() || digits.size() >= stem.size() || stem[digits.size()] != separator)
    return std::nullopt;
  NamedFile file;
  file.version = digits;
  file.name = stem.substr(digits.size() + 1);
  return file;
}

std::optional<NamedFile> directedName(std::string_view stem) {
  for (Direction direction : {Direction::up, Direction::down}) {
    std::string_view suffix = direction == Direction::up ? ".up" : ".down";
    if (!stem.ends_with(suffix))
      continue;
    std::optional<NamedFile> file = versionAndName(stem.substr(0, stem.size() - suffix.size()));
    if (file)
      file->direction = direction;
    return file;
  }
  return std::nullopt;
}

std::optional<NamedFile> wholeStem(std::string_view stem) {
  std::optional<NamedFile> file = versionAndName(stem);
  if (!file) {
    file.emplace();
    file->version = file->name = stem;
  }
  return file;
}

/// The migration that a down file undoes: that of its version and name, else of its version alone.
static Migration *upOf(std::vector<Migration> &migrations, const NamedFile &down) {
  auto at = std::lower_bound(migrations.begin(), migrations.end(), down.version,
                             [](const Migration &migration, const std::string &version) {
                               return compareVersions(migration.version, version) < 0;
                             });
  Migration *found = nullptr;
  for (; at != migrations.end() && compareVersions(at->version, down.version) == 0; ++at)
    if (!found || at->name == down.name)
      found = &*at;
  return found;
}

std::vector<Migration> groupByVersion(std::vector<NamedFile> files) {
  auto isEarlier = [](const NamedFile &a, const NamedFile &b) {
    int order = compareVersions(a.version, b.version);
    return order != 0 ? order < 0 : lessNumerically(a.name, b.name);
  };
  // Listings are in this order already, unless a version stands elsewhere than in front.
  if (!std::is_sorted(files.begin(), files.end(), isEarlier))
    std::stable_sort(files.begin(), files.end(), isEarlier);
  std::vector<Migration> migrations;
  migrations.reserve(files.size());
  auto add = [&](NamedFile &file) {
    Migration &migration = migrations.emplace_back();
    migration.version = std::move(file.version);
    migration.name = std::move(file.name);
    migration.files.push_back({.path = std::move(file.path), .direction = file.direction});
  };
  for (NamedFile &file : files)
    if (file.direction != Direction::down)
      add(file);
  std::vector<NamedFile> orphans;
  for (NamedFile &file : files) {
    if (file.direction != Direction::down)
      continue;
    if (Migration *up = upOf(migrations, file))
      up->files.push_back({.path = std::move(file.path), .direction = Direction::down});
    else
      orphans.push_back(std::move(file));
  }
  for (NamedFile &file : orphans)
    add(file);
  if (!orphans.empty())
    std::stable_sort(migrations.begin(), migrations.end(),
                     [](const Migration &a, const Migration &b) {
                       return compareVersions(a.version, b.version) < 0;
                     });
  return migrations;
}

} // namespace lockstep::history
