#pragma once
#include "history/discovery.hpp"
#include "history/files/git.hpp"
#include "session/layer.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lockstep::session {

/// The change set that a run is about, over all repositories that its histories lie in: what is new
/// since a revision, or what the index holds. Each object asks git once: see again().
class ChangeScope {
public:
  /// From the merge base of the revision and HEAD to the working tree.
  [[nodiscard]] static std::shared_ptr<ChangeScope> since(GitRevision revision);
  /// The index's blobs.
  [[nodiscard]] static std::shared_ptr<ChangeScope> staged();

  /// The same question, for a repository that may have moved on.
  [[nodiscard]] std::shared_ptr<ChangeScope> again() const;

  /// Takes in the repository that the folder lies in; true where it was not known and shows other
  /// files than the disk does, so that discovery has to look again.
  [[nodiscard]] Result<bool> include(const std::string &folder);
  /// Whether the migration is part of the change set.
  [[nodiscard]] bool contains(const Migration &migration) const;

  /// The text that a file had before the change set; nullopt where it was not there, or is not
  /// known.
  [[nodiscard]] std::optional<std::string> textBefore(const MigrationFile &file) const;
  /// Files whose text before the change set was asked for since the last time and is not in the
  /// repository, as in a partial clone, by their absolute paths, each with the git command that
  /// gets it.
  [[nodiscard]] std::map<std::string, std::string> takeUnknownTexts() const;

  /// Files below the folder that were there before the change set and are no more, as displayed
  /// where the folder is.
  [[nodiscard]] std::vector<std::string> deletedBelow(const std::string &folder) const;

  /// Files to put on top of the disk, and those to hide; see DiscoveryOptions.
  [[nodiscard]] std::vector<std::string> extraFiles() const;
  [[nodiscard]] std::set<std::string> hiddenFiles() const;
  /// Reads from the index what it has and the disk has not in this form. Refers to this object.
  [[nodiscard]] FileReader over(FileReader disk) const;

  /// "since 'main'", "staged".
  [[nodiscard]] std::string description() const;

private:
  struct Known {
    std::string root;
    std::unique_ptr<GitChanges> changes;
  };

  std::optional<GitRevision> revision_; ///< Unset: the index.
  std::vector<Known> known_;
  std::set<std::string> folders_; ///< Those that were asked about.
};

} // namespace lockstep::session
