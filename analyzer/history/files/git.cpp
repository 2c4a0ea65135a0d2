#include "history/files/git.hpp"

#include "base/path.hpp"
#include "base/repository.hpp"
#include "base/text.hpp"
#include "history/files/git_output.hpp"
#include "history/files/ignore_files.hpp"

#include <algorithm>

namespace lockstep::history {

static Error noRepository(const std::string &folder) {
  return {format("{} is not in a git repository: --since and --staged ask git what is new",
                 folder == "." ? "this folder" : folder)};
}

Result<GitRepository> GitRepository::at(const std::string &folder) {
  const RepositoryPlace place = repositoryOf(folder);
  if (place.root.empty()) {
    GitCommand elsewhere = GitCommand::ofEnvironment(folder);
    if (elsewhere.root().empty())
      return noRepository(folder);
    return GitRepository(std::move(elsewhere));
  }
  if (const std::string problem = ownFileToWaitFor(place.git_folder); !problem.empty())
    return Error{problem};
  GitCommand git(place);
  Result<std::string> answer = git.whereItIs();
  if (!answer)
    return answer.error();
  if (*answer != place.root + "\n" + place.git_folder + "\n") {
    std::string said(trim(*answer));
    std::replace(said.begin(), said.end(), '\n', ' ');
    return Error{format("git does not agree that there is a repository at {} with its data in {}: "
                        "it says {}; look for core.worktree in its configuration",
                        place.root, place.git_folder, said)};
  }
  return GitRepository(std::move(git));
}

bool GitRepository::hasCommit(const std::string &name) const {
  return git_.succeeds(
      {"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"});
}

std::string GitRepository::shallowHint() const {
  Result<std::string> shallow = git_.run({"rev-parse", "--is-shallow-repository"});
  if (!shallow || trim(*shallow) != "true")
    return "";
  return "; this is a shallow clone: run git fetch --unshallow, or check out with fetch-depth: 0";
}

Result<std::string> GitRepository::mergeBase(const std::string &revision) const {
  Result<ProcessOutput> base = git_.tryRun({"merge-base", "--end-of-options", revision, "HEAD"});
  if (!base)
    return base.error();
  if (base->exit_code == 0)
    return std::string(trim(base->out));
  if (!hasCommit("HEAD"))
    return Error{format("the repository at {} has no commit yet, so that nothing is older than "
                        "the change set: leave out --since",
                        root())};
  if (!hasCommit(revision)) {
    std::string hint = shallowHint();
    if (hasCommit("origin/" + revision))
      hint = format("; did you mean origin/{}?", revision);
    else if (hint.empty())
      hint = "; fetch it first, or see `git branch --all` for those that are here";
    return Error{format("unknown revision '{}' in the repository at {}{}", revision, root(), hint)};
  }
  if (base->exit_code != 1)
    return git_.explain(*base);
  std::string hint = shallowHint();
  if (hint.empty())
    hint = ": the branches were begun apart; name a commit of this branch";
  return Error{format("'{}' and HEAD have no common commit{}", revision, hint)};
}

/// Whether the index has a submodule at the path, which is relative to the root.
bool GitRepository::hasSubmodule(const std::string &path) const {
  Result<std::string> text = git_.run({"ls-files", "-v", "--stage", "-z", "--", path});
  const auto entries = text ? parseIndex(*text) : std::nullopt;
  return entries && entries->size() == 1 && entries->front().mode == "160000";
}

/// The commit of this submodule that `super` records in `start`; empty where it records none.
Result<std::string> GitRepository::recordedIn(const GitRepository &super,
                                              const std::string &start) const {
  std::string path(relativeTo(root(), super.root()));
  Result<std::string> entry = super.git_.run({"ls-tree", "-z", start, "--", path});
  if (!entry)
    return entry.error();
  // "160000 commit <hash>\t<path>"
  std::vector<std::string_view> words =
      split(std::string_view(*entry).substr(0, entry->find('\t')), ' ');
  if (words.size() < 3 || words[1] != "commit")
    return std::string();
  std::string commit(words[2]);
  if (!hasCommit(commit))
    return Error{format("the submodule at {} does not have the commit {} that its repository "
                        "records: run git -C {} fetch origin {}",
                        path, commit, path, commit)};
  return commit;
}

Result<std::string> GitRepository::startOf(const GitRevision &revision) const {
  const std::string meant = repositoryRootOf(revision.folder);
  if (meant.empty() || meant == root() || !isBelow(root(), meant))
    return mergeBase(revision.name);
  Result<GitRepository> super = at(parentPath(root()));
  if (!super || !super->hasSubmodule(std::string(relativeTo(root(), super->root()))))
    return mergeBase(revision.name);
  Result<std::string> start = super->startOf(revision);
  // What is not recorded began from nothing, and so did what is below it.
  return start && !start->empty() ? recordedIn(*super, *start) : start;
}

Result<std::unique_ptr<GitChanges>> GitRepository::changedSince(const GitRevision &revision) const {
  Result<std::string> start = startOf(revision);
  if (!start)
    return start.error();
  if (const std::string problem = ignoreFileToWaitFor(root(), root()); !problem.empty())
    return Error{format("cannot list the new files of {}: {}", root(), problem)};
  return GitChanges::since(git_, *start);
}

Result<std::unique_ptr<GitChanges>> GitRepository::staged() const {
  return GitChanges::staged(git_, hasCommit("HEAD"));
}

bool GitRepository::sharesHistoryWith(const std::string &revision) const {
  return mergeBase(revision) ? true : false;
}

Result<std::set<std::string>> GitRepository::ignoredBelow(const std::string &folder) {
  std::set<std::string> ignored;
  Result<GitRepository> repository = at(folder);
  if (!repository)
    return repository.error();
  const std::string &root = repository->root();
  const std::string absolute = absolutePath(folder);
  if (const std::string problem = ignoreFileToWaitFor(root, absolute); !problem.empty())
    return Error{problem};
  const std::string inside(relativeTo(absolute, root));
  Result<std::string> text =
      repository->git_.run({"ls-files", "-z", "--others", "--ignored", "--exclude-standard",
                            "--directory", "--", inside});
  if (!text)
    return text.error();
  const std::optional<std::vector<std::string_view>> paths = parsePaths(*text);
  if (!paths)
    return Error{format("git ls-files in {} printed what cannot be read", root)};
  const bool leaves_out_itself =
      inside != "." && !paths->empty() &&
      repository->git_.succeeds({"check-ignore", "--quiet", "--", inside});
  if (leaves_out_itself)
    return ignored;
  for (std::string_view path : *paths) {
    if (path.ends_with('/'))
      path.remove_suffix(1);
    const std::string found = joinPath(root, path);
    if (found != absolute && isBelow(found, absolute))
      ignored.insert(joinPath(folder, relativeTo(found, absolute)));
  }
  return ignored;
}

} // namespace lockstep::history
