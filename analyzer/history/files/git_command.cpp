#include "history/files/git_command.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdlib>

namespace lockstep::history {

/// Long enough for the largest repositories; short enough for a job to end where git waits for what
/// never comes: a pipe that someone put in the place of a file.
static constexpr std::chrono::seconds time_limit{60};
static constexpr std::chrono::seconds short_time_limit{10};

/// Settings that name a program, a server or a hook, in a form that runs none. A command line's
/// setting beats those of all files. Protocols are also forbidden by GIT_ALLOW_PROTOCOL, which
/// beats protocol.<name>.allow as well.
static constexpr const char *settings[] = {
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.editor=false",
    "core.sshCommand=false",
    "core.askPass=false",
    "core.gitProxy=false",
    "core.alternateRefsCommand=false",
    "credential.helper=",
    "diff.external=false",
    "gpg.program=false",
    "log.showSignature=false",
    "protocol.allow=never",
    "sequence.editor=false",
    "uploadpack.packObjectsHook=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "submodule.recurse=false",
};

/// Git's words in English, no locks, no questions, no network, and nothing of what a hook's
/// environment says about its own repository.
static std::vector<std::string> cleanEnvironment() {
  return {
      "LC_ALL=C",
      "GIT_OPTIONAL_LOCKS=0",
      "GIT_TERMINAL_PROMPT=0",
      "GIT_NO_LAZY_FETCH=1",
      "GIT_ALLOW_PROTOCOL=none",
      "GIT_PAGER=cat",
      "GIT_EDITOR=false",
      "GIT_SEQUENCE_EDITOR=false",
      "GIT_ASKPASS=false",
      "SSH_ASKPASS=false",
      "GIT_SSH_COMMAND=false",
      "GIT_PROXY_COMMAND=false",
      "GIT_LITERAL_PATHSPECS=1",
      // Not inherited:
      "GIT_GLOB_PATHSPECS",
      "GIT_NOGLOB_PATHSPECS",
      "GIT_ICASE_PATHSPECS",
      "GIT_SSH",
      "GIT_EXTERNAL_DIFF",
      "GIT_DIR",
      "GIT_WORK_TREE",
      "GIT_INDEX_FILE",
      "GIT_PREFIX",
      "GIT_COMMON_DIR",
      "GIT_OBJECT_DIRECTORY",
      "GIT_ALTERNATE_OBJECT_DIRECTORIES",
      "GIT_IMPLICIT_WORK_TREE",
      "GIT_INTERNAL_SUPER_PREFIX",
      "GIT_GRAFT_FILE",
      "GIT_SHALLOW_FILE",
      "GIT_REPLACE_REF_BASE",
      "GIT_NAMESPACE",
      "GIT_ATTR_SOURCE",
      "GIT_QUARANTINE_PATH",
      "GIT_CONFIG",
      "GIT_CONFIG_PARAMETERS",
      "GIT_CONFIG_COUNT",
  };
}

static std::string variable(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

static void setVariable(std::vector<std::string> &environment, const std::string &name,
                        const std::string &value) {
  std::erase(environment, name);
  environment.push_back(name + "=" + value);
}

/// The git folder of the repository that the process runs in, as its environment says.
static std::string ownGitFolder() {
  const std::string folder = variable("GIT_DIR");
  return folder.empty() ? repositoryOf(".").git_folder : absolutePath(folder);
}

/// What git tells a hook about its own repository: the index that a commit is made from, and where
/// objects are that were received and not taken in yet.
void GitCommand::addOwnEnvironment() {
  for (const char *name : {"GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"})
    if (const std::string path = variable(name); !path.empty())
      setVariable(environment_, name, absolutePath(path));
  std::vector<std::string> alternates;
  const std::string listed = variable("GIT_ALTERNATE_OBJECT_DIRECTORIES");
  for (std::string_view path : split(listed, ':'))
    if (!path.empty())
      alternates.push_back(absolutePath(path));
  if (!alternates.empty())
    setVariable(environment_, "GIT_ALTERNATE_OBJECT_DIRECTORIES", join(alternates, ":"));
}

GitCommand::GitCommand(const RepositoryPlace &place)
    : root_(place.root), environment_(cleanEnvironment()) {
  // Where git does not take what is there for a repository, it must not take one above for it.
  setVariable(environment_, "GIT_CEILING_DIRECTORIES", parentPath(root_));
  if (!place.git_folder.empty() && ownGitFolder() == place.git_folder)
    addOwnEnvironment();
}

GitCommand GitCommand::ofEnvironment(const std::string &folder) {
  GitCommand command;
  command.environment_ = cleanEnvironment();
  const std::string git_folder = variable("GIT_DIR");
  const std::string named = variable("GIT_WORK_TREE");
  const std::string tree = absolutePath(named.empty() ? "." : named);
  if (git_folder.empty() || !isBelow(absolutePath(folder), tree))
    return command;
  command.root_ = tree;
  setVariable(command.environment_, "GIT_DIR", absolutePath(git_folder));
  setVariable(command.environment_, "GIT_WORK_TREE", tree);
  command.addOwnEnvironment();
  return command;
}

std::vector<std::string> GitCommand::line(const std::vector<std::string> &arguments) const {
  std::vector<std::string> words{"git", "-C", root_, "--no-pager"};
  for (const char *setting : settings) {
    words.emplace_back("-c");
    words.emplace_back(setting);
  }
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

static Error needed(const Error &error) {
  return {error.message + "; --since, --staged and .gitignore need git"};
}

Result<ProcessOutput> GitCommand::runWithin(std::chrono::seconds limit,
                                            const std::vector<std::string> &arguments) const {
  Result<ProcessOutput> output = runProcess(line(arguments), environment_, limit);
  return output ? std::move(output) : needed(output.error());
}

Result<ProcessOutput> GitCommand::tryRun(const std::vector<std::string> &arguments) const {
  return runWithin(time_limit, arguments);
}

Result<std::string> GitCommand::textOf(Result<ProcessOutput> output) const {
  if (!output)
    return output.error();
  if (output->exit_code != 0)
    return explain(*output);
  return std::move(output->out);
}

Result<std::string> GitCommand::run(const std::vector<std::string> &arguments) const {
  return textOf(tryRun(arguments));
}

Result<std::string> GitCommand::whereItIs() const {
  return textOf(
      runWithin(short_time_limit, {"rev-parse", "--show-toplevel", "--absolute-git-dir"}));
}

bool GitCommand::succeeds(const std::vector<std::string> &arguments) const {
  Result<ProcessOutput> output = tryRun(arguments);
  return output && output->exit_code == 0;
}

Status GitCommand::startBatch(Conversation &conversation) const {
  Status status = conversation.start(line({"cat-file", "--batch"}), environment_, time_limit);
  return status ? std::move(status) : needed(status.error());
}

Error GitCommand::explain(const ProcessOutput &output) const {
  std::string_view words = trim(output.err);
  // Git names the repository's root itself, which may be another folder.
  static constexpr std::string_view dubious = "detected dubious ownership in repository at '";
  if (size_t at = words.find(dubious); at != std::string_view::npos) {
    std::string_view owned = words.substr(at + dubious.size());
    owned = owned.substr(0, owned.find('\''));
    return {format("git refuses the repository at {}, which belongs to another user; to trust it, "
                   "run: git config --global --add safe.directory {}",
                   owned, owned)};
  }
  // What GIT_TRACE writes stands before it.
  if (size_t at = words.find("fatal: "); at != std::string_view::npos)
    words.remove_prefix(at + std::string_view("fatal: ").size());
  // An object that a partial clone left out, and that git would fetch now.
  if (words.find("promisor remote") != std::string_view::npos ||
      words.find("lazy fetching disabled") != std::string_view::npos)
    return {format("the repository at {} is a partial clone without the folders of some commits, "
                   "and lockstep fetches nothing: run git -C {} fetch --refetch --no-filter, or "
                   "clone it with all trees (--filter=blob:none)",
                   root_, root_)};
  std::string line(words);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return {format("git failed in {}: {}", root_, line)};
}

} // namespace lockstep::history
