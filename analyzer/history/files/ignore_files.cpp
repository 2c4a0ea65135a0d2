#include "history/files/ignore_files.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <memory>
#include <string_view>
#include <vector>

namespace lockstep::history {

static constexpr std::string_view name_of_all = ".gitignore";

/// True for a pipe or a device. Git follows no links to these files.
static bool isToWaitFor(const std::string &path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode));
}

/// The first such file below the folder; empty where there is none. Folders are listed as git does,
/// but for the large ones that it is told to ignore nearly everywhere.
static std::string firstBelow(const std::string &top) {
  struct Close {
    void operator()(DIR *open) const { closedir(open); }
  };
  std::vector<std::string> folders{top};
  while (!folders.empty()) {
    const std::string folder = std::move(folders.back());
    folders.pop_back();
    const std::unique_ptr<DIR, Close> open(opendir(folder.c_str()));
    while (const dirent *entry = open ? readdir(open.get()) : nullptr) {
      const std::string_view name = entry->d_name;
      if (name == name_of_all && entry->d_type != DT_REG && isToWaitFor(joinPath(folder, name)))
        return joinPath(folder, name);
      if (name == "." || name == ".." || name == ".git" || name == "node_modules")
        continue;
      struct stat status {};
      if (entry->d_type == DT_DIR ||
          (entry->d_type == DT_UNKNOWN && lstat(joinPath(folder, name).c_str(), &status) == 0 &&
           S_ISDIR(status.st_mode)))
        folders.push_back(joinPath(folder, name));
    }
  }
  return "";
}

static std::string sentence(const std::string &path) {
  return path.empty() ? path
                      : format("{} is no file, and git would wait for what comes out of it: "
                               "remove it",
                               path);
}

std::string ignoreFileToWaitFor(const std::string &root, const std::string &folder) {
  std::string found;
  for (std::string at = folder; found.empty() && at != root && isBelow(at, root);) {
    at = parentPath(at);
    if (const std::string path = joinPath(at, name_of_all); isToWaitFor(path))
      found = path;
  }
  return sentence(found.empty() ? firstBelow(folder) : found);
}

std::string ownFileToWaitFor(const std::string &git_folder) {
  for (const char *name : {"config", "config.worktree", "commondir", "index", "packed-refs",
                           "shallow", "info/exclude", "info/grafts", "objects/info/alternates"})
    if (const std::string path = joinPath(git_folder, name); isToWaitFor(path))
      return sentence(path);
  return "";
}

} // namespace lockstep::history
