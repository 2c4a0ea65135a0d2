#pragma once
#include "base/process.hpp"
#include "history/files/git_command.hpp"
#include "history/layer.hpp"

#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace lockstep::history {

/// The texts that a repository holds, asked from one `git cat-file` for all of a run. Safe to use
/// from several threads.
class GitObjects {
public:
  explicit GitObjects(GitCommand command) : command_(std::move(command)) {}

  /// The text of the blob with this name; nullopt where the repository does not have it, as a
  /// partial clone: nothing is fetched.
  [[nodiscard]] std::optional<std::string> blob(const std::string &id);

private:
  [[nodiscard]] std::optional<std::string> ask(const std::string &id);

  GitCommand command_;
  std::mutex lock_;
  Conversation git_;
  std::set<std::string> missing_; ///< Names of blobs that were asked for and are not here.
  bool is_lost_ = false;          ///< Git cannot be started, or does not answer.
};

} // namespace lockstep::history
