#pragma once
#include "base/result.hpp"
#include "history/files/git_command.hpp"
#include "history/files/git_objects.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

/// What goes out together in one repository: what the working tree, or the index, has over a
/// commit. Files of the working tree are read and compared when they are asked for; see
/// git_blob.hpp for what counts as the same. All paths are absolute. Safe to use from several
/// threads.
class GitChanges {
public:
  /// From the commit to the working tree, untracked files included. An empty commit: from nothing.
  [[nodiscard]] static Result<std::unique_ptr<GitChanges>> since(const GitCommand &git,
                                                                 const std::string &commit);
  /// From HEAD, or from nothing where there is no commit yet, to the index.
  [[nodiscard]] static Result<std::unique_ptr<GitChanges>> staged(const GitCommand &git,
                                                                  bool has_commit);

  /// True for a migration of which a file is new or changed. A file that was only moved is neither,
  /// unless it got another version: the runner will run it again.
  [[nodiscard]] bool contain(const Migration &migration) const;
  /// Files below the folder that the commit has and that are no more.
  [[nodiscard]] std::vector<std::string> deletedBelow(const std::string &folder) const;
  /// The text that a file had in the commit; nullopt where it was not there, or where the
  /// repository does not hold it: see takeUnknown().
  [[nodiscard]] std::optional<std::string> textBefore(const std::string &path) const;
  /// Files whose text in the commit was asked for since the last time and is not here, as in a
  /// partial clone, each with the name of its blob.
  [[nodiscard]] std::map<std::string, std::string> takeUnknown() const;

  /// Only for the index: files that it has and the working tree has not.
  [[nodiscard]] const std::vector<std::string> &onlyInIndex() const { return only_in_index_; }
  /// Files of the working tree that the index does not have, ignored ones only for the index.
  [[nodiscard]] const std::set<std::string> &untracked() const { return untracked_; }
  /// Only for the index: its text of a file where that differs from the working tree's, which is
  /// given.
  [[nodiscard]] std::optional<Result<std::string>>
  stagedText(const std::string &path, const Result<std::string> &on_disk) const;

private:
  struct Entry {
    std::string id;
    bool is_link = false;
    bool is_skipped = false;
    bool is_unmerged = false;
  };
  enum class State : uint8_t { outside, unchanged, changed, added, gone };

  GitChanges(const GitCommand &git, bool of_index)
      : root_(git.root()), of_index_(of_index), objects_(git) {}
  [[nodiscard]] Status readIndex(const GitCommand &git);
  [[nodiscard]] Status readDifference(const GitCommand &git, const std::string &commit);
  [[nodiscard]] Status readUntracked(const GitCommand &git,
                                     const std::vector<std::string> &options);
  void findMoves();
  [[nodiscard]] std::string idBefore(const std::string &path) const;
  [[nodiscard]] bool isGone(const std::string &path) const;
  [[nodiscard]] bool isOnDiskAs(const std::string &path, const std::string &id) const;
  [[nodiscard]] State judge(const std::string &path) const;
  [[nodiscard]] State stateOf(const std::string &path) const;
  [[nodiscard]] std::string resolved(const std::string &path) const;

  std::string root_;
  bool of_index_;
  std::map<std::string, Entry> index_; ///< Files and links.
  /// Where the commit differs from the index: the blob that it has; empty where it has none.
  std::map<std::string, std::string> before_;
  std::set<std::string> untracked_;
  std::vector<std::string> only_in_index_;
  std::map<std::string, std::string> moved_; ///< Where a file is → where it was.
  std::set<std::string> left_;               ///< Where those were.

  mutable std::mutex lock_;
  mutable GitObjects objects_;
  mutable std::map<std::string, State> states_;
  mutable std::map<std::string, std::string> unknown_;
  mutable std::map<std::string, std::string> folders_; ///< As displayed → absolute.
};

} // namespace lockstep::history
