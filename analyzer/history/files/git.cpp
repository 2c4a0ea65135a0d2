#include "history/files/git.hpp"

#include "base/path.hpp"
#include "base/process.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdlib>

namespace lockstep::history {

/// Git's words in English, no locks and no questions, and nothing of what a hook's environment says
/// about its own repository.
static std::vector<std::string> gitEnvironment() {
  return {"LC_ALL=C",   "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0",
          "GIT_DIR",    "GIT_WORK_TREE",        "GIT_INDEX_FILE",
          "GIT_PREFIX", "GIT_COMMON_DIR",       "GIT_OBJECT_DIRECTORY"};
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

static Result<ProcessOutput> runGit(const std::string &folder,
                                    const std::vector<std::string> &arguments,
                                    const std::vector<std::string> &environment) {
  std::vector<std::string> command{"git", "-C", folder};
  command.insert(command.end(), arguments.begin(), arguments.end());
  Result<ProcessOutput> output = runProcess(command, environment);
  if (!output)
    return Error{output.error().message + "; --since, --staged and .gitignore need git"};
  return output;
}

static bool saysNotARepository(const ProcessOutput &output) {
  return output.err.find("not a git repository") != std::string::npos;
}

/// What git's words mean, and what to do about it.
static Error explain(const std::string &folder, const ProcessOutput &output) {
  std::string_view words = trim(output.err);
  // Git names the repository's root itself, which may be far above the folder.
  static constexpr std::string_view dubious = "detected dubious ownership in repository at '";
  if (size_t at = words.find(dubious); at != std::string_view::npos) {
    std::string_view root = words.substr(at + dubious.size());
    root = root.substr(0, root.find('\''));
    return {format("git refuses the repository at {}, which belongs to another user; to trust it, "
                   "run: git config --global --add safe.directory {}",
                   root, root)};
  }
  if (saysNotARepository(output))
    return {format("{} is not in a git repository: --since and --staged ask git what is new",
                   folder == "." ? "this folder" : folder)};
  if (words.starts_with("fatal: "))
    words.remove_prefix(7);
  return {format("git failed in {}: {}", folder, words)};
}

static Result<std::string> textOf(const std::string &folder, Result<ProcessOutput> output) {
  if (!output)
    return output.error();
  if (output->exit_code != 0)
    return explain(folder, *output);
  return std::move(output->out);
}

/// The .git folder of the repository that the process runs in, as its environment says.
static std::string ownGitFolder() {
  if (std::string folder = variable("GIT_DIR"); !folder.empty())
    return absolutePath(folder);
  Result<ProcessOutput> output = runGit(".", {"rev-parse", "--absolute-git-dir"}, gitEnvironment());
  return output && output->exit_code == 0 ? absolutePath(trim(output->out)) : std::string();
}

Result<GitRepository> GitRepository::at(const std::string &folder) {
  std::vector<std::string> environment = gitEnvironment();
  const std::vector<std::string> question{"rev-parse", "--show-toplevel", "--absolute-git-dir"};
  Result<ProcessOutput> output = runGit(folder, question, environment);
  if (output && output->exit_code != 0 && saysNotARepository(*output) &&
      !variable("GIT_DIR").empty()) {
    // The environment names a repository that stands elsewhere; its files begin here.
    setVariable(environment, "GIT_DIR", absolutePath(variable("GIT_DIR")));
    std::string tree = variable("GIT_WORK_TREE");
    setVariable(environment, "GIT_WORK_TREE", absolutePath(tree.empty() ? "." : tree));
    output = runGit(folder, question, environment);
  }
  Result<std::string> answer = textOf(folder, std::move(output));
  if (!answer)
    return answer.error();
  std::vector<std::string_view> lines = split(*answer, '\n');
  if (lines.size() < 2 || lines[0].empty())
    return Error{format("{} is in a git repository without a working tree", folder)};
  if (std::string index = variable("GIT_INDEX_FILE");
      !index.empty() && ownGitFolder() == absolutePath(lines[1]))
    setVariable(environment, "GIT_INDEX_FILE", absolutePath(index));
  return GitRepository(absolutePath(lines[0]), std::move(environment));
}

Result<std::string> GitRepository::run(const std::vector<std::string> &arguments) const {
  return textOf(root_, runGit(root_, arguments, environment_));
}

bool GitRepository::succeeds(const std::vector<std::string> &arguments) const {
  Result<ProcessOutput> output = runGit(root_, arguments, environment_);
  return output && output->exit_code == 0;
}

bool GitRepository::hasCommit(const std::string &name) const {
  return succeeds({"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"});
}

std::string GitRepository::shallowHint() const {
  Result<std::string> shallow = run({"rev-parse", "--is-shallow-repository"});
  if (!shallow || trim(*shallow) != "true")
    return "";
  return "; this is a shallow clone: run git fetch --unshallow, or check out with fetch-depth: 0";
}

Result<std::string> GitRepository::mergeBase(const std::string &revision) const {
  if (!hasCommit("HEAD"))
    return Error{format("the repository at {} has no commit yet, so that nothing is older than "
                        "the change set: leave out --since",
                        root_)};
  if (!hasCommit(revision)) {
    std::string hint = shallowHint();
    if (hasCommit("origin/" + revision))
      hint = format("; did you mean origin/{}?", revision);
    else if (hint.empty())
      hint = "; fetch it first, or see `git branch --all` for those that are here";
    return Error{format("unknown revision '{}' in the repository at {}{}", revision, root_, hint)};
  }
  Result<ProcessOutput> base =
      runGit(root_, {"merge-base", "--end-of-options", revision, "HEAD"}, environment_);
  if (!base)
    return base.error();
  if (base->exit_code == 1) {
    std::string hint = shallowHint();
    if (hint.empty())
      hint = ": the branches were begun apart; name a commit of this branch";
    return Error{format("'{}' and HEAD have no common commit{}", revision, hint)};
  }
  if (base->exit_code != 0)
    return explain(root_, *base);
  return std::string(trim(base->out));
}

/// The commit of this submodule that `super` records in `start`; the empty tree where it records
/// none.
Result<std::string> GitRepository::recordedIn(const GitRepository &super,
                                              const std::string &start) const {
  std::string path(relativeTo(root_, super.root_));
  Result<std::string> entry = super.run({"ls-tree", "-z", start, "--", path});
  if (!entry)
    return entry.error();
  // "160000 commit <hash>\t<path>"
  std::vector<std::string_view> words =
      split(std::string_view(*entry).substr(0, entry->find('\t')), ' ');
  if (words.size() < 3 || words[1] != "commit") {
    Result<std::string> empty = run({"hash-object", "-t", "tree", "/dev/null"});
    return empty ? Result<std::string>(std::string(trim(*empty))) : empty;
  }
  std::string commit(words[2]);
  if (!hasCommit(commit))
    return Error{format("the submodule at {} does not have the commit {} that its repository "
                        "records: run git -C {} fetch origin {}",
                        path, commit, path, commit)};
  return commit;
}

Result<std::string> GitRepository::startOf(const GitRevision &revision) const {
  Result<std::string> above = run({"rev-parse", "--show-superproject-working-tree"});
  if (!above)
    return above.error();
  Result<GitRepository> meant = at(revision.folder);
  bool is_below = meant && meant->root_ != root_ && isBelow(root_, meant->root_);
  if (trim(*above).empty() || !is_below)
    return mergeBase(revision.name);
  Result<GitRepository> super = at(std::string(trim(*above)));
  if (!super)
    return super.error();
  Result<std::string> start = super->startOf(revision);
  return start ? recordedIn(*super, *start) : start;
}

/// The absolute paths of a NUL-separated list of paths relative to the root.
Result<std::set<std::string>>
GitRepository::paths(const std::vector<std::string> &arguments) const {
  Result<std::string> text = run(arguments);
  if (!text)
    return text.error();
  std::set<std::string> found;
  for (std::string_view path : split(*text, '\0'))
    if (!path.empty())
      found.insert(joinPath(root_, path));
  return found;
}

/// What `git diff` with `from` says of files that are there afterwards, or no more.
Result<GitRepository::Changes>
GitRepository::difference(const std::vector<std::string> &from) const {
  // Only an exact rename is a move: a file that was moved and changed shows up as a new one.
  std::vector<std::string> arguments{"diff",          "--name-status",       "-z",
                                     "--no-ext-diff", "--find-renames=100%", "--diff-filter=ADMTR"};
  arguments.insert(arguments.end(), from.begin(), from.end());
  arguments.emplace_back("--");
  Result<std::string> text = run(arguments);
  if (!text)
    return text.error();
  Changes changes;
  std::vector<std::string_view> words = split(*text, '\0');
  for (size_t i = 0; i + 1 < words.size(); i += 2) {
    std::string path = joinPath(root_, words[i + 1]);
    if (words[i].starts_with('R') && i + 2 < words.size()) {
      changes.moved[joinPath(root_, words[i + 2])] = path;
      ++i;
    } else if (words[i] == "D") {
      changes.deleted.insert(std::move(path));
    } else {
      if (words[i] == "M")
        changes.changed.insert(path);
      changes.files.insert(std::move(path));
    }
  }
  return changes;
}

Result<GitRepository::Changes> GitRepository::changedSince(const GitRevision &revision) const {
  Result<std::string> start = startOf(revision);
  if (!start)
    return start.error();
  Result<Changes> changes = difference({*start});
  if (!changes)
    return changes;
  Result<std::set<std::string>> untracked =
      paths({"ls-files", "-z", "--others", "--exclude-standard"});
  if (!untracked)
    return untracked.error();
  changes->files.merge(*untracked);
  changes->start = std::move(*start);
  return changes;
}

Result<GitRepository::Changes> GitRepository::staged() const {
  Result<Changes> changes = difference({"--cached"});
  if (!changes)
    return changes;
  Result<std::set<std::string>> differing =
      paths({"diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", "--"});
  if (!differing)
    return differing.error();
  Result<std::set<std::string>> untracked = paths({"ls-files", "-z", "--others"});
  if (!untracked)
    return untracked.error();
  changes->from_index = std::move(*differing);
  changes->untracked = std::move(*untracked);
  changes->start = "HEAD";
  return changes;
}

Result<std::string> GitRepository::stagedText(const std::string &path) const {
  return run({"cat-file", "blob", ":" + std::string(relativeTo(path, root_))});
}

Result<std::string> GitRepository::textIn(const std::string &commit,
                                          const std::string &path) const {
  return run({"cat-file", "blob", commit + ":" + std::string(relativeTo(path, root_))});
}

Result<std::set<std::string>> GitRepository::ignoredBelow(const std::string &folder) {
  std::set<std::string> ignored;
  std::vector<std::string> environment = gitEnvironment();
  Result<ProcessOutput> itself = runGit(folder, {"check-ignore", "--quiet", "."}, environment);
  if (itself && itself->exit_code == 0)
    return ignored;
  Result<std::string> text = textOf(folder, runGit(folder,
                                                   {"ls-files", "-z", "--others", "--ignored",
                                                    "--exclude-standard", "--directory"},
                                                   environment));
  if (!text)
    return text.error();
  for (std::string_view path : split(*text, '\0')) {
    if (path.ends_with('/'))
      path.remove_suffix(1);
    if (!path.empty())
      ignored.insert(joinPath(folder, path));
  }
  return ignored;
}

static bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Whether the path's last two parts, in which formats keep it, hold the version as it stands.
static bool namesVersion(std::string_view path, std::string_view version) {
  size_t slash = path.rfind('/');
  size_t begin = slash == 0 || slash == std::string_view::npos ? 0 : path.rfind('/', slash - 1);
  std::string_view names = path.substr(begin == std::string_view::npos ? 0 : begin);
  for (size_t at = names.find(version); at != std::string_view::npos;
       at = names.find(version, at + 1)) {
    size_t end = at + version.size();
    bool begins = at == 0 || !isDigit(names[at - 1]) || !isDigit(version.front());
    bool ends = end == names.size() || !isDigit(names[end]) || !isDigit(version.back());
    if (begins && ends)
      return true;
  }
  return false;
}

bool GitRepository::Changes::contain(const Migration &migration) const {
  return std::any_of(
      migration.files.begin(), migration.files.end(), [&](const MigrationFile &file) {
        std::string folder = parentPath(file.path);
        auto [resolved, is_new] = resolved_.try_emplace(folder);
        if (is_new)
          resolved->second = absolutePath(folder);
        std::string path = joinPath(resolved->second, fileName(file.path));
        if (files.contains(path))
          return true;
        auto move = moved.find(path);
        return move != moved.end() && !migration.version.empty() && !migration.repeatable &&
               !namesVersion(move->second, migration.version);
      });
}

} // namespace lockstep::history
