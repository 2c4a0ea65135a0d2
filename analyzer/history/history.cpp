#include "history/history.hpp"

#include "history/formats/format.hpp"

#include <algorithm>

namespace lockstep {

bool Migration::isWanted() const {
  return std::any_of(files.begin(), files.end(),
                     [](const MigrationFile &file) { return file.wanted; });
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

FileLayout layoutOf(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  if (history.format && history.format->layout)
    layout = history.format->layout(history, file, text);
  else
    layout.units.push_back(wholeFile(history, file, text));
  // psql and most clients skip a byte order mark; the parser would take it for an identifier.
  if (text.starts_with("\xEF\xBB\xBF"))
    layout.masks.push_back({{0, 3}, ""});
  return layout;
}

} // namespace lockstep
