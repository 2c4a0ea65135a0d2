#include "history/files/folder_names.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace lockstep::history {

bool isVersionFolder(std::string_view name) {
  if (name.starts_with('v') || name.starts_with('V'))
    name.remove_prefix(1);
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && isDigit(name.front()) && isDigit(name.back()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return isDigit(c) || c == '.' || c == '_' || c == '-'; });
}

std::vector<std::string> foldersOfOthers(const std::vector<std::string> &names) {
  static constexpr std::array<std::string_view, 4> own{"pg", "pgsql", "postgres", "postgresql"};
  static constexpr std::array<std::string_view, 12> others{
      "clickhouse", "db2",   "derby",  "h2",     "hsqldb",  "mariadb",
      "mssql",      "mysql", "oracle", "sqlite", "sqlite3", "sqlserver"};
  const auto isIn = [](const auto &list, const std::string &name) {
    return std::find(list.begin(), list.end(), toLowerAscii(name)) != list.end();
  };
  if (std::none_of(names.begin(), names.end(),
                   [&](const std::string &name) { return isIn(own, name); }))
    return {};
  std::vector<std::string> found;
  std::copy_if(names.begin(), names.end(), std::back_inserter(found),
               [&](const std::string &name) { return isIn(others, name); });
  return found;
}

} // namespace lockstep::history
