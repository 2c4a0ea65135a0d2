#include "base/text.hpp"
#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

namespace lockstep::history {

// refinery_core/src/util.rs: ^([U|V])(\d+(?:\.\d+)?)__(\w+)\.sql$, read recursively. U is an
// unversioned migration, which may come out of order; nothing here is undone.

static std::optional<NamedFile> nameOf(std::string_view stem) {
  size_t gap = stem.find("__");
  if (gap == std::string_view::npos || gap < 2 || (stem[0] != 'V' && stem[0] != 'U'))
    return std::nullopt;
  std::string_view version = stem.substr(1, gap - 1);
  if (version.find_first_not_of("0123456789.") != std::string_view::npos ||
      leadingDigits(version).empty())
    return std::nullopt;
  NamedFile file;
  file.version = version;
  file.name = stem.substr(gap + 2);
  return file;
}

static std::optional<Evidence> detect(const Folder &folder) {
  std::string_view first = firstNamed(folder, nameOf);
  if (first.empty())
    return std::nullopt;
  auto project = folder.projectFile("Cargo.toml", "refinery");
  if (!project)
    return std::nullopt;
  return Evidence{format("{} and {}", first, project.path), Evidence::content};
}

static void gather(const Folder &folder, std::vector<NamedFile> &files) {
  for (NamedFile &file : namedFiles(folder, nameOf))
    files.push_back(std::move(file));
  for (const std::string &name : folder.folders())
    if (!folder.isLink(name))
      gather(folder.child(name), files);
}

static void list(const Folder &folder, History &history) {
  std::vector<NamedFile> files;
  gather(folder, files);
  history.migrations = groupByVersion(std::move(files));
}

constexpr Format refinery_format{.name = "refinery",
                                 .recursive = true,
                                 .detect = detect,
                                 .list = list,
                                 .conduct = {.same_version = "refuses to run any",
                                             .overtaken = "refuses to run any",
                                             .changed = "refuses to run any: the file diverges"}};

} // namespace lockstep::history
