#include "session/change_scope.hpp"

#include "base/path.hpp"
#include "base/repository.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <filesystem>

namespace lockstep::session {

std::shared_ptr<ChangeScope> ChangeScope::since(GitRevision revision) {
  auto scope = std::make_shared<ChangeScope>();
  scope->revision_ = std::move(revision);
  return scope;
}

std::shared_ptr<ChangeScope> ChangeScope::staged() { return std::make_shared<ChangeScope>(); }

std::shared_ptr<ChangeScope> ChangeScope::again() const {
  return revision_ ? since(*revision_) : staged();
}

std::string ChangeScope::description() const {
  return revision_ ? format("since '{}'", revision_->name) : "staged";
}

/// The folder that exists on the disk: one may be only in the index.
static std::string existingFolder(std::string folder) {
  std::error_code ignored;
  while (!std::filesystem::is_directory(folder, ignored) && folder != "/" &&
         !folder.ends_with(".."))
    folder = parentPath(folder);
  return folder;
}

Result<bool> ChangeScope::include(const std::string &asked) {
  std::string folder = existingFolder(asked);
  if (!folders_.insert(folder).second)
    return false;
  auto isKnown = [this](const std::string &root) {
    return std::any_of(known_.begin(), known_.end(),
                       [&](const Known &known) { return known.root == root; });
  };
  if (isKnown(repositoryRootOf(folder)))
    return false;
  Result<GitRepository> repository = GitRepository::at(folder);
  if (!repository)
    return repository.error();
  if (isKnown(repository->root()))
    return false;
  Result<std::unique_ptr<GitChanges>> changes =
      revision_ ? repository->changedSince(*revision_) : repository->staged();
  if (!changes)
    return changes.error();
  known_.push_back({repository->root(), std::move(*changes)});
  return !revision_;
}

bool ChangeScope::contains(const Migration &migration) const {
  // Standard input without a name is no file yet: nothing can be newer.
  for (const MigrationFile &file : migration.files)
    if (file.path == stdin_path)
      return true;
  return std::any_of(known_.begin(), known_.end(),
                     [&](const Known &known) { return known.changes->contain(migration); });
}

std::optional<std::string> ChangeScope::textBefore(const MigrationFile &file) const {
  std::string path = joinPath(absolutePath(parentPath(file.path)), fileName(file.path));
  for (const Known &known : known_)
    if (std::optional<std::string> text = known.changes->textBefore(path))
      return text;
  return std::nullopt;
}

std::map<std::string, std::string> ChangeScope::takeUnknownTexts() const {
  std::map<std::string, std::string> texts;
  for (const Known &known : known_) {
    const std::map<std::string, std::string> unknown = known.changes->takeUnknown();
    for (const auto &[path, blob] : unknown)
      texts[path] = unknown.size() == 1 ? format("git cat-file -e {}", blob)
                                        : std::string("git fetch --refetch --no-filter");
  }
  return texts;
}

std::vector<std::string> ChangeScope::deletedBelow(const std::string &folder) const {
  std::vector<std::string> files;
  const std::string absolute = absolutePath(folder);
  for (const Known &known : known_)
    for (const std::string &path : known.changes->deletedBelow(absolute))
      files.push_back(joinPath(folder, relativeTo(path, absolute)));
  return files;
}

std::vector<std::string> ChangeScope::extraFiles() const {
  std::vector<std::string> files;
  std::filesystem::path here = absolutePath(".");
  for (const Known &known : known_) {
    for (const std::string &path : known.changes->onlyInIndex()) {
      // As it is displayed where its folder was named by an absolute path, or by a relative one.
      files.push_back(path);
      files.push_back(std::filesystem::path(path).lexically_relative(here).generic_string());
    }
  }
  return files;
}

std::set<std::string> ChangeScope::hiddenFiles() const {
  std::set<std::string> files;
  if (revision_)
    return files;
  for (const Known &known : known_)
    files.insert(known.changes->untracked().begin(), known.changes->untracked().end());
  return files;
}

FileReader ChangeScope::over(FileReader disk) const {
  if (revision_)
    return disk;
  return [this, disk = std::move(disk)](const std::string &path) {
    const std::string absolute = joinPath(absolutePath(parentPath(path)), fileName(path));
    Result<std::string> on_disk = disk(path);
    for (const Known &known : known_)
      if (std::optional<Result<std::string>> text = known.changes->stagedText(absolute, on_disk))
        return std::move(*text);
    return on_disk;
  };
}

} // namespace lockstep::session
