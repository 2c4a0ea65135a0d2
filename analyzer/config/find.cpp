#include "config/find.hpp"

#include "base/enclosure.hpp"
#include "base/path.hpp"
#include "history/files/git.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <set>

namespace lockstep::config {

/// True also for a link that leads nowhere: it was meant to be read.
static bool exists(const std::string &path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

/// The nearest file of that name at or above `folder`, as shown, up to the root around it.
static std::string findUpwards(const std::string &folder, std::string_view name) {
  const std::string root = enclosingRoot(folder);
  std::string shown = folder;
  for (std::string absolute = absolutePath(folder);; absolute = parentPath(absolute)) {
    if (std::string path = joinPath(shown, name); exists(path))
      return path;
    if (absolute == root || absolute == "/" || absolute.empty())
      return "";
    shown = parentPath(shown);
  }
}

std::string findConfig(const std::string &folder) { return findUpwards(folder, config_name); }

std::string findMisnamedConfig(const std::string &folder, const std::string &config) {
  const std::string path = findUpwards(folder, ".lockstep.yml");
  const auto depth = [](const std::string &file) { return absolutePath(parentPath(file)).size(); };
  return path.empty() || (!config.empty() && depth(config) >= depth(path)) ? "" : path;
}

/// Adds the folders below `folder` that hold a configuration. A monorepo has many folders: the
/// listings alone tell what each name is, and links are not followed.
static void addConfigured(const std::string &folder, bool is_top, std::vector<std::string> &found) {
  struct Close {
    void operator()(DIR *open) const { closedir(open); }
  };
  std::unique_ptr<DIR, Close> open(opendir(folder.c_str()));
  std::vector<std::string> folders;
  while (const dirent *entry = open ? readdir(open.get()) : nullptr) {
    std::string_view name = entry->d_name;
    if (!is_top && name == config_name)
      found.push_back(displayPath(folder));
    if (name == "." || name == ".." || name == ".git" || name == "node_modules")
      continue;
    if (entry->d_type == DT_DIR)
      folders.push_back(joinPath(folder, name));
    else if (entry->d_type == DT_UNKNOWN)
      if (struct stat status{};
          lstat(joinPath(folder, name).c_str(), &status) == 0 && S_ISDIR(status.st_mode))
        folders.push_back(joinPath(folder, name));
  }
  open.reset(); // A deep tree must not hold a descriptor for each level.
  for (const std::string &below : folders)
    addConfigured(below, false, found);
}

/// True where `folders` holds the path or a folder that it is below.
static bool isIn(const std::set<std::string> &folders, const std::string &path) {
  for (size_t end = path.size(); end != path.npos && end > 0; end = path.rfind('/', end - 1))
    if (folders.contains(path.substr(0, end)))
      return true;
  return false;
}

std::vector<std::string> configuredFoldersBelow(const std::string &folder) {
  std::vector<std::string> found;
  addConfigured(folder, true, found);
  if (found.empty())
    return found;
  if (Result<std::set<std::string>> ignored = GitRepository::ignoredBelow(folder))
    std::erase_if(found, [&](const std::string &path) { return isIn(*ignored, path); });
  std::sort(found.begin(), found.end());
  return found;
}

std::string findBaseline(const std::string &folder) { return findUpwards(folder, baseline_name); }

} // namespace lockstep::config
