#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace lockstep::base {

/// Where a git repository's working tree and its own data stand.
struct RepositoryPlace {
  std::string root;       ///< The folder that holds ".git"; empty where there is none.
  std::string git_folder; ///< Where ".git" leads: it need not exist for a worktree that was moved.
};

// Only what is named ".git" makes a repository: git never checks out a file or folder of that name.
// Git itself also takes a folder for one that merely looks like its inside (HEAD, objects, refs),
// and such a folder may come with any checkout, its configuration naming programs to run.

/// True where `folder` holds a real ".git": a folder with a HEAD, as a clone has, or a file that
/// says "gitdir: …", as a worktree or a submodule has. Links are followed, pipes are not opened.
[[nodiscard]] bool isRepositoryRoot(const std::string &folder);
/// The nearest repository at or above `folder`. Both paths are absolute, without symbolic links.
[[nodiscard]] RepositoryPlace repositoryOf(const std::string &folder);
/// Its root; empty where there is none.
[[nodiscard]] std::string repositoryRootOf(const std::string &folder);

/// Paths of files as they are in a repository, whatever folder they are seen from: below its root.
class RepositoryPaths {
public:
  /// `shown` relative to the root of its repository, links to its folder resolved; `shown` itself
  /// outside of repositories.
  [[nodiscard]] std::string of(const std::string &shown);

private:
  /// Of a folder, what stands before the names of its files; none outside of repositories.
  std::map<std::string, std::optional<std::string>, std::less<>> prefixes_;
};

} // namespace lockstep::base
