#include "history/files/history.hpp"

#include "history/files/file_tree.hpp"

#include <algorithm>
#include <tuple>

namespace lockstep::history {

bool readsAlike(const History &a, const History &b) {
  const auto facts = [](const History &history) {
    return std::tie(history.path, history.framework, history.format, history.execution,
                    history.is_declared, history.session_per_file, history.settings);
  };
  return facts(a) == facts(b);
}

FileSet::FileSet(const History &history) {
  first_.reserve(history.migrations.size() + 1);
  size_t count = 0;
  for (const Migration &migration : history.migrations) {
    first_.push_back(count);
    count += migration.files.size();
  }
  first_.push_back(count);
  files_.resize(count);
}

void FileSet::removeAllOf(size_t migration) {
  for (size_t place = first_[migration]; place < first_[migration + 1]; ++place)
    files_[place] = false;
}

bool FileSet::hasAnyOf(size_t migration) const {
  for (size_t place = first_[migration]; place < first_[migration + 1]; ++place)
    if (files_[place])
      return true;
  return false;
}

bool FileSet::empty() const {
  return std::find(files_.begin(), files_.end(), true) == files_.end();
}

const MigrationFile *History::fileOf(const Origin &origin) const {
  if (origin.isBase() || origin.migration > migrations.size())
    return nullptr;
  const Migration &migration = migrations[origin.migration - 1];
  return origin.file < migration.files.size() ? &migration.files[origin.file] : nullptr;
}

std::string_view History::setting(std::string_view key) const {
  auto found = std::find_if(settings.begin(), settings.end(),
                            [&](const auto &entry) { return entry.first == key; });
  return found == settings.end() ? std::string_view() : std::string_view(found->second);
}

std::function<bool(const Migration &)> comesAfter(const History &history,
                                                  std::string_view version) {
  const std::vector<Migration> &migrations = history.migrations;
  auto last = std::find_if(migrations.rbegin(), migrations.rend(), [&](const Migration &other) {
    return compareVersions(other.version, version) == 0;
  });
  if (last == migrations.rend())
    return [wanted = std::string(version)](const Migration &migration) {
      return migration.repeatable || compareVersions(migration.version, wanted) > 0;
    };
  return [last = &*last](const Migration &migration) {
    return migration.repeatable || &migration > last;
  };
}

} // namespace lockstep::history
