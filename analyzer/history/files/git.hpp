#pragma once
#include "base/result.hpp"
#include "history/files/git_changes.hpp"
#include "history/files/git_command.hpp"
#include "history/layer.hpp"

#include <memory>
#include <set>
#include <string>

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
/// Which repository a folder lies in is found as base/repository.hpp says, and git has to agree.
/// See GitCommand for what git is kept from doing.
///
/// What a hook's environment says (GIT_INDEX_FILE, a GIT_DIR elsewhere) holds for the repository
/// that the hook runs in, and for no other.
class GitRepository {
public:
  /// The repository that the folder lies in.
  [[nodiscard]] static Result<GitRepository> at(const std::string &folder);

  /// Absolute, without symbolic links.
  [[nodiscard]] const std::string &root() const { return git_.root(); }

  /// All from the merge base of the revision and HEAD to the working tree, untracked files
  /// included.
  ///
  /// A submodule of the repository that the revision is meant in starts from the commit that is
  /// recorded there; any other repository is asked for a revision of that name of its own.
  [[nodiscard]] Result<std::unique_ptr<GitChanges>> changedSince(const GitRevision &revision) const;
  /// What the index holds over HEAD.
  [[nodiscard]] Result<std::unique_ptr<GitChanges>> staged() const;
  /// Whether the revision and HEAD have a common commit.
  [[nodiscard]] bool sharesHistoryWith(const std::string &revision) const;
  /// Files and folders below `folder` that .gitignore and the like leave out, as displayed, where
  /// `folder` is; nothing where the folder itself is left out.
  [[nodiscard]] static Result<std::set<std::string>> ignoredBelow(const std::string &folder);

private:
  explicit GitRepository(GitCommand git) : git_(std::move(git)) {}

  [[nodiscard]] bool hasCommit(const std::string &name) const;
  [[nodiscard]] Result<std::string> mergeBase(const std::string &revision) const;
  [[nodiscard]] Result<std::string> startOf(const GitRevision &revision) const;
  [[nodiscard]] bool hasSubmodule(const std::string &path) const;
  [[nodiscard]] Result<std::string> recordedIn(const GitRepository &super,
                                               const std::string &start) const;
  [[nodiscard]] std::string shallowHint() const;

  GitCommand git_;
};

} // namespace lockstep::history
