#pragma once
#include "base/result.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

/// A revision as the user wrote it.
struct GitRevision {
  std::string name;
  /// The repository that it is meant in is the one that this folder lies in: the working directory,
  /// or the configuration's folder.
  std::string folder = ".";
};

/// A git working tree, asked through the git command. All errors name the cause and the next step.
///
/// What a hook's environment says (GIT_INDEX_FILE, a GIT_DIR elsewhere) holds for the repository
/// that the hook runs in, and for no other.
class GitRepository {
public:
  /// The repository that the folder lies in.
  [[nodiscard]] static Result<GitRepository> at(const std::string &folder);

  /// Absolute, without symbolic links.
  [[nodiscard]] const std::string &root() const { return root_; }

  /// What goes out together. All paths are absolute.
  struct Changes {
    std::string start;             ///< The commit that it begins from.
    std::set<std::string> files;   ///< New and changed files.
    std::set<std::string> changed; ///< Those of them that `start` has, with another text.
    std::set<std::string> deleted; ///< Files that `start` has, and that are no more.
    /// Files that were moved and not changed: where they are → where they were.
    std::map<std::string, std::string> moved;
    /// Only for the index: files that it has and the working tree has not, or not in this form.
    std::set<std::string> from_index;
    /// Only for the index: files of the working tree that it does not have.
    std::set<std::string> untracked;

    /// True for a migration of which a file is new or changed. A file that was only moved is
    /// neither, unless it got another version: the runner will run it again.
    [[nodiscard]] bool contain(const Migration &migration) const;

  private:
    /// Folders are few, files many: only a folder's path is resolved, once.
    mutable std::map<std::string, std::string> resolved_;
  };
  /// All from the merge base of the revision and HEAD to the working tree, untracked files
  /// included.
  ///
  /// A submodule of the repository that the revision is meant in starts from the commit that is
  /// recorded there; any other repository is asked for a revision of that name of its own.
  [[nodiscard]] Result<Changes> changedSince(const GitRevision &revision) const;
  /// What the index holds over HEAD.
  [[nodiscard]] Result<Changes> staged() const;
  /// The index's text of a file, by its absolute path.
  [[nodiscard]] Result<std::string> stagedText(const std::string &path) const;
  /// The text that a file, by its absolute path, has in a commit.
  [[nodiscard]] Result<std::string> textIn(const std::string &commit,
                                           const std::string &path) const;
  /// Files and folders below `folder` that .gitignore and the like leave out, as displayed, where
  /// `folder` is; nothing where the folder itself is left out.
  [[nodiscard]] static Result<std::set<std::string>> ignoredBelow(const std::string &folder);

private:
  GitRepository(std::string root, std::vector<std::string> environment)
      : root_(std::move(root)), environment_(std::move(environment)) {}

  [[nodiscard]] Result<std::string> run(const std::vector<std::string> &arguments) const;
  [[nodiscard]] bool succeeds(const std::vector<std::string> &arguments) const;
  [[nodiscard]] bool hasCommit(const std::string &name) const;
  [[nodiscard]] Result<std::string> mergeBase(const std::string &revision) const;
  [[nodiscard]] Result<std::string> startOf(const GitRevision &revision) const;
  [[nodiscard]] Result<std::string> recordedIn(const GitRepository &super,
                                               const std::string &start) const;
  [[nodiscard]] std::string shallowHint() const;
  [[nodiscard]] Result<std::set<std::string>>
  paths(const std::vector<std::string> &arguments) const;
  [[nodiscard]] Result<Changes> difference(const std::vector<std::string> &from) const;

  std::string root_;
  std::vector<std::string> environment_;
};

} // namespace lockstep::history
