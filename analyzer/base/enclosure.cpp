#include "base/enclosure.hpp"

#include "base/path.hpp"
#include "base/repository.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace lockstep::base {

namespace fs = std::filesystem;

Enclosure::Enclosure(std::span<const std::string> paths) {
  for (const std::string &path : paths)
    add(path);
}

/// The repository around a folder, a path without links, or the working directory; empty where
/// there is neither: there a system links its folders as it likes, such as /tmp.
static std::string rootAround(const std::string &folder) {
  if (std::string repository = repositoryRootOf(folder); !repository.empty())
    return repository;
  std::string here = absolutePath(".");
  return isBelow(folder, here) ? here : std::string();
}

std::string enclosingRoot(const std::string &folder) {
  std::string absolute = absolutePath(folder);
  std::string root = rootAround(absolute);
  return root.empty() ? absolute : root;
}

/// The root that the first link on the way to the path leads out of; empty where none does. What it
/// leads to says nothing of whether it may: it may be another repository.
static std::string rootThatIsLeft(const std::string &named) {
  std::error_code error;
  const fs::path path = fs::absolute(named, error);
  fs::path reached = path.root_path();
  for (const fs::path &part : path.relative_path()) {
    if (part == "..") {
      reached = reached.parent_path();
      continue;
    }
    const fs::path next = reached / part;
    if (!fs::is_symlink(next, error)) {
      reached = part == "." ? reached : next;
      continue;
    }
    const std::string target = absolutePath(next.generic_string());
    const std::string root = rootAround(reached.generic_string());
    if (!root.empty() && !isBelow(target, root))
      return root;
    reached = target;
  }
  return "";
}

void Enclosure::add(const std::string &path) {
  std::string root = rootThatIsLeft(path);
  if (root.empty()) {
    std::error_code ignored;
    // A link is what it leads to: whoever asks has named it.
    const std::string absolute = absolutePath(path);
    root = enclosingRoot(fs::is_directory(absolute, ignored) ? absolute : parentPath(absolute));
  }
  const auto place = std::lower_bound(roots_.begin(), roots_.end(), root);
  if (place == roots_.end() || *place != root)
    roots_.insert(place, std::move(root));
}

bool Enclosure::contains(std::string_view absolute) const {
  static constexpr std::array<std::string_view, 3> shown_by_the_system{"/dev", "/proc", "/sys"};
  const auto reaches = [&](std::string_view root) {
    return isBelow(absolute, root) &&
           std::none_of(
               shown_by_the_system.begin(), shown_by_the_system.end(),
               [&](std::string_view top) { return isBelow(absolute, top) && !isBelow(root, top); });
  };
  // A root may lie in another one, and there may be thousands: those around the path are looked up.
  for (std::string_view at = absolute; !at.empty(); at = folderOf(at)) {
    if (isRoot(at) && reaches(at))
      return true;
    if (at == "/" || at == ".")
      return false;
  }
  return false;
}

bool Enclosure::isRoot(std::string_view absolute) const {
  return std::binary_search(roots_.begin(), roots_.end(), absolute);
}

} // namespace lockstep::base
