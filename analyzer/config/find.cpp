#include "config/find.hpp"

#include "base/path.hpp"
#include "history/git.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace lockstep {

static bool exists(const std::string &path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

/// Calls `visit(folder)` for `folder` and each one above, as shown, until it returns true or the
/// file system ends.
template <class Visit> static void climb(const std::string &folder, Visit &&visit) {
  std::string shown = folder;
  for (std::string absolute = absolutePath(folder);; absolute = parentPath(absolute)) {
    if (visit(shown) || absolute == "/" || absolute.empty())
      return;
    shown = parentPath(shown);
  }
}

static std::string findUpwards(const std::string &folder, std::string_view name) {
  std::string found;
  climb(folder, [&](const std::string &at) {
    if (std::string path = joinPath(at, name); exists(path))
      found = path;
    return !found.empty() || exists(joinPath(at, ".git"));
  });
  return found;
}

std::string findConfig(const std::string &folder) { return findUpwards(folder, config_name); }

std::vector<std::string> configuredFoldersBelow(const std::string &folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->path().filename() == config_name && at.depth() > 0)
      found.push_back(displayPath(at->path().parent_path().generic_string()));
    if (at->path().filename() == ".git" || at->path().filename() == "node_modules")
      at.disable_recursion_pending();
  }
  if (found.empty())
    return found;
  if (Result<std::set<std::string>> ignored = GitRepository::ignoredBelow(folder))
    std::erase_if(found, [&](const std::string &path) {
      return std::any_of(ignored->begin(), ignored->end(), [&](const std::string &left_out) {
        return path == left_out || isBelow(path, left_out);
      });
    });
  std::sort(found.begin(), found.end());
  return found;
}

std::string findBaseline(const std::string &folder) { return findUpwards(folder, baseline_name); }

std::string repositoryRootOf(const std::string &folder) {
  std::string found;
  climb(folder, [&](const std::string &at) {
    if (exists(joinPath(at, ".git")))
      found = absolutePath(at);
    return !found.empty();
  });
  return found;
}

} // namespace lockstep
