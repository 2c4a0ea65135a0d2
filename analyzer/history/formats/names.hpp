#pragma once
#include "history/formats/format.hpp"
#include "history/formats/scan.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

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

/// The files of the folder that `nameOf` reads, with their paths.
template <class NameOf> std::vector<NamedFile> namedFiles(const Folder &folder, NameOf &&nameOf) {
  std::vector<NamedFile> files;
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

/// Evidence that one of the folder's sampled texts has a line for which `matches` holds.
template <class Matches>
std::optional<Evidence> evidenceInText(const Folder &folder, Matches &&matches) {
  for (const Folder::Sample &sample : folder.samples()) {
    std::optional<Evidence> evidence;
    forEachLine(sample.text, [&](Range line) {
      std::string_view text = slice(sample.text, line);
      if (!evidence && matches(text))
        evidence = Evidence{format("{} in {}", trim(text), sample.file), Evidence::content};
    });
    if (evidence)
      return evidence;
  }
  return std::nullopt;
}

/// Makes migrations of the files: ordered by version, up and down files of a version together. Two
/// up files of one version are two migrations.
[[nodiscard]] std::vector<Migration> groupByVersion(std::vector<NamedFile> files);

} // namespace lockstep
