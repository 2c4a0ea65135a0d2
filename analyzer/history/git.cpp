#include "history/git.hpp"

#include "base/path.hpp"
#include "base/process.hpp"
#include "base/text.hpp"

#include <cstdlib>
#include <map>
#include <memory>

namespace lockstep {

/// Git's words in English, no locks and no questions. A hook's relative GIT_DIR and GIT_INDEX_FILE
/// stay true under "git -C".
static std::vector<std::string> gitEnvironment() {
  std::vector<std::string> environment{"LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"};
  for (const char *name : {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"})
    if (const char *value = std::getenv(name); value && *value && *value != '/')
      environment.push_back(std::string(name) + '=' + absolutePath(value));
  return environment;
}

static Result<ProcessOutput> runGit(const std::string &folder,
                                    const std::vector<std::string> &arguments) {
  std::vector<std::string> command{"git", "-C", folder};
  command.insert(command.end(), arguments.begin(), arguments.end());
  Result<ProcessOutput> output = runProcess(command, gitEnvironment());
  if (!output)
    return Error{output.error().message + "; --since, --staged and .gitignore need git"};
  return output;
}

/// What git's words mean, and what to do about it.
static Error explain(const std::string &folder, const ProcessOutput &output) {
  std::string_view words = trim(output.err);
  if (words.find("dubious ownership") != std::string_view::npos)
    return {
        format("git refuses the repository at {}, which belongs to another user; to trust it, run: "
               "git config --global --add safe.directory {}",
               folder, absolutePath(folder))};
  if (words.find("not a git repository") != std::string_view::npos)
    return {format("{} is not in a git repository", folder)};
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

Result<GitRepository> GitRepository::at(const std::string &folder) {
  Result<std::string> root = textOf(folder, runGit(folder, {"rev-parse", "--show-toplevel"}));
  if (!root)
    return root.error();
  std::string path(trim(*root));
  if (path.empty())
    return Error{format("{} is in a git repository without a working tree", folder)};
  return GitRepository(absolutePath(path));
}

Result<std::string> GitRepository::run(std::vector<std::string> arguments) const {
  return textOf(root_, runGit(root_, arguments));
}

bool GitRepository::succeeds(std::vector<std::string> arguments) const {
  Result<ProcessOutput> output = runGit(root_, arguments);
  return output && output->exit_code == 0;
}

std::string GitRepository::shallowHint() const {
  Result<std::string> shallow = run({"rev-parse", "--is-shallow-repository"});
  if (!shallow || trim(*shallow) != "true")
    return "";
  return "; this is a shallow clone: run git fetch --unshallow, or check out with fetch-depth: 0";
}

Result<std::string> GitRepository::mergeBase(const std::string &revision) const {
  auto exists = [&](const std::string &name) {
    return succeeds({"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"});
  };
  if (!exists("HEAD"))
    return Error{format("the repository at {} has no commit yet", root_)};
  if (!exists(revision)) {
    std::string hint = shallowHint();
    if (exists("origin/" + revision))
      hint = format("; did you mean origin/{}?", revision);
    else if (hint.empty())
      hint = "; fetch it first";
    return Error{format("unknown revision '{}' in the repository at {}{}", revision, root_, hint)};
  }
  Result<ProcessOutput> base = runGit(root_, {"merge-base", "--end-of-options", revision, "HEAD"});
  if (!base)
    return base.error();
  if (base->exit_code == 1) {
    std::string hint = shallowHint();
    return Error{format("'{}' and HEAD have no common commit{}", revision, hint)};
  }
  if (base->exit_code != 0)
    return explain(root_, *base);
  return std::string(trim(base->out));
}

/// The absolute paths of a NUL-separated list of paths relative to the root.
Result<std::set<std::string>> GitRepository::paths(std::vector<std::string> arguments) const {
  Result<std::string> text = run(std::move(arguments));
  if (!text)
    return text.error();
  std::set<std::string> found;
  for (std::string_view path : split(*text, '\0'))
    if (!path.empty())
      found.insert(joinPath(root_, path));
  return found;
}

// An exact rename shows up as R and is left out by the filter; a moved and changed file as A.
static constexpr std::string_view new_or_changed = "--diff-filter=ACMT";
static constexpr std::string_view exact_renames = "--find-renames=100%";

Result<GitRepository::Changes> GitRepository::changedSince(const std::string &revision) const {
  Result<std::string> base = mergeBase(revision);
  if (!base)
    return base.error();
  Result<std::set<std::string>> tracked =
      paths({"diff", "--name-only", "-z", "--no-ext-diff", std::string(exact_renames),
             std::string(new_or_changed), *base, "--"});
  if (!tracked)
    return tracked.error();
  Result<std::set<std::string>> untracked =
      paths({"ls-files", "-z", "--others", "--exclude-standard"});
  if (!untracked)
    return untracked.error();
  Changes changes;
  changes.files = std::move(*tracked);
  changes.files.merge(*untracked);
  return changes;
}

Result<GitRepository::Changes> GitRepository::staged() const {
  Changes changes;
  Result<std::set<std::string>> staged =
      paths({"diff", "--cached", "--name-only", "-z", "--no-ext-diff", std::string(exact_renames),
             std::string(new_or_changed), "--"});
  if (!staged)
    return staged.error();
  Result<std::set<std::string>> differing =
      paths({"diff", "--name-only", "-z", "--no-ext-diff", "--"});
  if (!differing)
    return differing.error();
  Result<std::set<std::string>> untracked = paths({"ls-files", "-z", "--others"});
  if (!untracked)
    return untracked.error();
  changes.files = std::move(*staged);
  changes.from_index = std::move(*differing);
  changes.untracked = std::move(*untracked);
  return changes;
}

Result<std::string> GitRepository::stagedText(const std::string &path) const {
  return run({"cat-file", "blob", ":" + std::string(relativeTo(path, root_))});
}

Result<std::set<std::string>> GitRepository::ignoredBelow(const std::string &folder) {
  std::set<std::string> ignored;
  Result<ProcessOutput> itself = runGit(folder, {"check-ignore", "--quiet", "."});
  if (itself && itself->exit_code == 0)
    return ignored;
  Result<std::string> text =
      textOf(folder, runGit(folder, {"ls-files", "-z", "--others", "--ignored",
                                     "--exclude-standard", "--directory"}));
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

std::function<bool(const Migration &)> GitRepository::Changes::membership() const {
  auto changed = std::make_shared<const std::set<std::string>>(files);
  // Folders are few, files many: only a folder's path is resolved.
  auto folders = std::make_shared<std::map<std::string, std::string>>();
  return [changed, folders](const Migration &migration) {
    for (const MigrationFile &file : migration.files) {
      std::string folder = parentPath(file.path);
      auto [place, is_new] = folders->try_emplace(folder);
      if (is_new)
        place->second = absolutePath(folder);
      if (changed->count(joinPath(place->second, fileName(file.path))) != 0)
        return true;
    }
    return false;
  };
}

} // namespace lockstep
