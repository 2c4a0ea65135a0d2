#pragma once
#include "base/result.hpp"
#include "history/history.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

/// A git working tree, asked through the git command. All errors name the cause and the next step.
class GitRepository {
public:
  /// The repository that the folder lies in.
  [[nodiscard]] static Result<GitRepository> at(const std::string &folder);

  /// Absolute, without symbolic links.
  [[nodiscard]] const std::string &root() const { return root_; }

  /// What goes out together.
  struct Changes {
    std::set<std::string> files; ///< Absolute paths of new and changed files.
    /// Only for the index: files that it has and the working tree has not, or not in this form.
    std::set<std::string> from_index;
    /// Only for the index: files of the working tree that it does not have.
    std::set<std::string> untracked;

    /// True for a migration of which a file is new or changed.
    [[nodiscard]] std::function<bool(const Migration &)> membership() const;
  };
  /// All from the merge base of `revision` and HEAD to the working tree, untracked files included.
  /// A file that was only moved is not changed.
  [[nodiscard]] Result<Changes> changedSince(const std::string &revision) const;
  /// What the index holds over HEAD.
  [[nodiscard]] Result<Changes> staged() const;
  /// The index's text of a file, by its absolute path.
  [[nodiscard]] Result<std::string> stagedText(const std::string &path) const;
  /// Files and folders below `folder` that .gitignore and the like leave out, as displayed, where
  /// `folder` is; nothing where the folder itself is left out.
  [[nodiscard]] static Result<std::set<std::string>> ignoredBelow(const std::string &folder);

private:
  explicit GitRepository(std::string root) : root_(std::move(root)) {}

  [[nodiscard]] Result<std::string> run(std::vector<std::string> arguments) const;
  [[nodiscard]] bool succeeds(std::vector<std::string> arguments) const;
  [[nodiscard]] Result<std::string> mergeBase(const std::string &revision) const;
  [[nodiscard]] std::string shallowHint() const;
  [[nodiscard]] Result<std::set<std::string>> paths(std::vector<std::string> arguments) const;

  std::string root_;
};

} // namespace lockstep
