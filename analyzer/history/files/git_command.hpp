#pragma once
#include "base/process.hpp"
#include "base/repository.hpp"
#include "base/result.hpp"
#include "history/layer.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

/// How git is asked about one repository, so that nothing that the repository says makes it run a
/// program, ask a server, or write.
///
/// Settings that name a program and that a command line can overrule are overruled. Those that it
/// cannot, as they stand under names that the repository makes up (filter.<driver>.clean,
/// diff.<driver>.textconv, merge.<driver>.driver), are never reached: only commands are used that
/// compare trees with the index or print objects, none that looks into the working tree's files.
/// The settings of the user and of the system stay in force: git's decision whether to trust a
/// repository of another user (safe.directory) is in them.
class GitCommand {
public:
  /// Git looks for nothing in a place without a root.
  explicit GitCommand(const RepositoryPlace &place);
  /// The same for the repository that GIT_DIR and GIT_WORK_TREE name, as for one whose files stand
  /// elsewhere (`git --git-dir=… --work-tree=…`) and that runs us as its hook; its root is empty
  /// where they do not name one whose files `folder` is among.
  [[nodiscard]] static GitCommand ofEnvironment(const std::string &folder);

  /// The folder that git runs in.
  [[nodiscard]] const std::string &root() const { return root_; }

  /// What git says where the root and its own folder are, a line each. It reads its configuration
  /// for it: what it waits for then, it is given little time for.
  [[nodiscard]] Result<std::string> whereItIs() const;
  [[nodiscard]] Result<ProcessOutput> tryRun(const std::vector<std::string> &arguments) const;
  /// The output of a command that succeeds; an Error that says what else happened.
  [[nodiscard]] Result<std::string> run(const std::vector<std::string> &arguments) const;
  [[nodiscard]] bool succeeds(const std::vector<std::string> &arguments) const;
  /// Starts `git cat-file --batch`.
  [[nodiscard]] Status startBatch(Conversation &conversation) const;
  /// What git's words mean, and what to do about it.
  [[nodiscard]] Error explain(const ProcessOutput &output) const;

private:
  GitCommand() = default;
  void addOwnEnvironment();
  [[nodiscard]] Result<ProcessOutput> runWithin(std::chrono::seconds limit,
                                                const std::vector<std::string> &arguments) const;
  [[nodiscard]] Result<std::string> textOf(Result<ProcessOutput> output) const;
  [[nodiscard]] std::vector<std::string> line(const std::vector<std::string> &arguments) const;

  std::string root_;
  std::vector<std::string> environment_;
};

} // namespace lockstep::history
