#include "base/repository.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace lockstep::base {

/// What a file `gitdir: …` names, as it stands there; empty for any other file.
static std::string namedIn(const std::string &file) {
  // Without O_NONBLOCK, to open a pipe that was put there meanwhile would wait for its writer.
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return "";
  std::array<char, 8192> buffer{}; // More than a path may have.
  const ssize_t size = pread(descriptor, buffer.data(), buffer.size(), 0);
  close(descriptor);
  constexpr std::string_view mark = "gitdir: ";
  std::string_view text(buffer.data(), size < 0 ? 0 : static_cast<size_t>(size));
  if (!text.starts_with(mark) || text.size() == buffer.size())
    return "";
  text.remove_prefix(mark.size());
  while (text.ends_with('\n') || text.ends_with('\r'))
    text.remove_suffix(1);
  return std::string(text);
}

/// The folder with git's own data of which `root` is the working tree; empty where it is none.
static std::string gitFolderOf(const std::string &root) {
  const std::string path = joinPath(root, ".git");
  struct stat status {};
  if (stat(path.c_str(), &status) != 0)
    return "";
  if (S_ISDIR(status.st_mode)) {
    // A HEAD that is a symbolic link may lead to a branch that has no commit yet.
    struct stat head {};
    const bool has_head = lstat(joinPath(path, "HEAD").c_str(), &head) == 0 &&
                          (S_ISREG(head.st_mode) || S_ISLNK(head.st_mode));
    return has_head ? path : "";
  }
  const std::string named = S_ISREG(status.st_mode) ? namedIn(path) : "";
  return named.empty() || named.starts_with('/') ? named : joinPath(root, named);
}

bool isRepositoryRoot(const std::string &folder) { return !gitFolderOf(folder).empty(); }

RepositoryPlace repositoryOf(const std::string &folder) {
  std::string at = absolutePath(folder);
  for (;; at = parentPath(at)) {
    if (std::string git_folder = gitFolderOf(at); !git_folder.empty())
      return {std::move(at), absolutePath(git_folder)};
    if (at == "/" || !at.starts_with('/'))
      return {};
  }
}

std::string repositoryRootOf(const std::string &folder) { return repositoryOf(folder).root; }

std::string RepositoryPaths::of(const std::string &shown) {
  const std::string_view folder = folderOf(shown);
  auto known = prefixes_.find(folder);
  if (known == prefixes_.end()) {
    known = prefixes_.emplace(folder, std::nullopt).first;
    const std::string absolute = absolutePath(folder);
    if (const std::string root = repositoryRootOf(absolute); !root.empty())
      known->second = relativeTo(absolute, root);
  }
  return known->second ? joinPath(*known->second, fileName(shown)) : shown;
}

} // namespace lockstep::base
