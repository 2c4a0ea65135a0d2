#pragma once
#include "history/files/folder.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"
#include "history/reading/scan.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

// How the names of migration files are read: what several formats share.

/// The name without ".sql" (in any case); nullopt where it does not end so.
[[nodiscard]] std::optional<std::string_view> sqlStem(std::string_view file);
/// The digits at the start of `name`; empty where there are none.
[[nodiscard]] std::string_view leadingDigits(std::string_view name);

/// A file of a migration as its name tells.
struct NamedFile {
  std::string version;
  std::string name;
  std::optional<Direction> direction;
  std::string path;
};

/// "12_add_users" → version "12", name "add_users"; nullopt where it does not start with digits and
/// `separator`.
[[nodiscard]] std::optional<NamedFile> versionAndName(std::string_view stem, char separator = '_');
/// The same for a stem with ".up" or ".down" at its end, which sets the direction.
[[nodiscard]] std::optional<NamedFile> directedName(std::string_view stem);

/// Any stem: the version is the number that it begins with, else the whole.
[[nodiscard]] std::optional<NamedFile> wholeStem(std::string_view stem);

/// The files of the folder that `nameOf` reads, with their paths.
template <class NameOf> std::vector<NamedFile> namedFiles(const Folder &folder, NameOf &&nameOf) {
  std::vector<NamedFile> files;
  files.reserve(folder.files().size());
  for (const std::string &file : folder.files()) {
    std::optional<std::string_view> stem = sqlStem(file);
    std::optional<NamedFile> named = stem ? nameOf(*stem) : std::nullopt;
    if (!named)
      continue;
    named->path = folder.pathOf(file);
    files.push_back(std::move(*named));
  }
  return files;
}

/// The name of the folder's first file that `nameOf` reads and `accepts`; empty where there is
/// none.
template <class NameOf, class Accepts>
std::string_view firstNamed(const Folder &folder, NameOf &&nameOf, Accepts &&accepts) {
  for (const std::string &file : folder.files())
    if (std::optional<std::string_view> stem = sqlStem(file))
      if (std::optional<NamedFile> named = nameOf(*stem); named && accepts(*named))
        return file;
  return {};
}

template <class NameOf> std::string_view firstNamed(const Folder &folder, NameOf &&nameOf) {
  return firstNamed(folder, nameOf, [](const NamedFile &) { return true; });
}

/// The first line of the text for which `matches` holds; empty where none does.
template <class Matches> std::string_view findLine(std::string_view text, Matches &&matches) {
  for (size_t at = 0; at < text.size(); at = nextLine(text, static_cast<uint32_t>(at)))
    if (std::string_view line = text.substr(at, endOfLine(text, at) - at); matches(line))
      return trim(line);
  return {};
}

/// The same among the lines with a comment, as nearly all directives are.
template <class Matches> std::string_view findComment(std::string_view text, Matches &&matches) {
  for (size_t at = text.find("--"); at != text.npos; at = text.find("--", at)) {
    const size_t before = text.find_last_of("\r\n", at);
    const size_t begin = before == text.npos ? 0 : before + 1;
    at = endOfLine(text, at);
    if (std::string_view line = text.substr(begin, at - begin); matches(line))
      return trim(line);
  }
  return {};
}

/// The part of a text in which marks are looked for: directives stand near the top.
[[nodiscard]] inline std::string_view headOf(std::string_view text) {
  return text.substr(0, 16384);
}

/// Makes migrations of the files: ordered by version, up and down files of a version together. Two
/// up files of one version are two migrations.
[[nodiscard]] std::vector<Migration> groupByVersion(std::vector<NamedFile> files);

} // namespace lockstep::history
