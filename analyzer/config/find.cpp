#include "config/find.hpp"

#include "base/path.hpp"

#include <filesystem>

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
