#include "history/files/git_changes.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "history/files/disk.hpp"
#include "history/files/git_blob.hpp"
#include "history/files/git_output.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <unordered_map>
#include <utility>

namespace lockstep::history {

/// True for a file or a link, also one that leads nowhere.
static bool isOnDisk(const std::string &path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

static Error unreadable(const GitCommand &git, std::string_view command) {
  return {format("git {} in {} printed what cannot be read: is it git itself that runs under this "
                 "name?",
                 command, git.root())};
}

Status GitChanges::readIndex(const GitCommand &git) {
  Result<std::string> text = git.run({"ls-files", "-v", "--stage", "-z"});
  if (!text)
    return text.error();
  const std::optional<std::vector<IndexEntry>> entries = parseIndex(*text);
  if (!entries)
    return unreadable(git, "ls-files");
  for (const IndexEntry &entry : *entries)
    if (entry.mode.starts_with("10") || entry.mode.starts_with("12"))
      index_.insert_or_assign(index_.end(), joinPath(root_, entry.path),
                              Entry{.id = std::string(entry.id),
                                    .is_link = entry.mode.starts_with("12"),
                                    .is_skipped = entry.skipped,
                                    .is_unmerged = entry.unmerged});
  return Done{};
}

Status GitChanges::readDifference(const GitCommand &git, const std::string &commit) {
  if (commit.empty()) {
    for (const auto &[path, entry] : index_)
      before_.emplace_hint(before_.end(), path, "");
    return Done{};
  }
  // Submodules are repositories of their own, and what decides on ignoring them is read from files.
  Result<std::string> text = git.run(
      {"diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff",
       "--no-textconv", "--ignore-submodules=all", "--ita-visible-in-index", commit, "--"});
  if (!text)
    return text.error();
  const std::optional<std::vector<RawChange>> changes = parseRawDiff(*text);
  if (!changes)
    return unreadable(git, "diff-index");
  for (const RawChange &change : *changes) {
    // A submodule's commit is no file's text.
    const bool had_file = change.old_mode.starts_with("10") || change.old_mode.starts_with("12");
    before_.insert_or_assign(joinPath(root_, change.path),
                             had_file ? std::string(change.old_id) : std::string());
  }
  return Done{};
}

Status GitChanges::readUntracked(const GitCommand &git, const std::vector<std::string> &options) {
  std::vector<std::string> arguments{"ls-files", "-z", "--others"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  Result<std::string> text = git.run(arguments);
  if (!text)
    return text.error();
  const std::optional<std::vector<std::string_view>> paths = parsePaths(*text);
  if (!paths)
    return unreadable(git, "ls-files");
  for (std::string_view path : *paths)
    untracked_.insert(untracked_.end(), joinPath(root_, path));
  return Done{};
}

/// The blob that the commit has at the path; empty where it has none.
std::string GitChanges::idBefore(const std::string &path) const {
  if (auto before = before_.find(path); before != before_.end())
    return before->second;
  auto entry = index_.find(path);
  return entry == index_.end() ? std::string() : entry->second.id;
}

/// True where the commit has a file and what comes after it has none.
bool GitChanges::isGone(const std::string &path) const {
  if (idBefore(path).empty())
    return false;
  auto entry = index_.find(path);
  if (entry != index_.end() && (of_index_ || entry->second.is_skipped))
    return false;
  return of_index_ || !isOnDisk(path);
}

/// Only an exact rename is a move: a file that was moved and changed is a new one. Of several files
/// that it may have come from, the one of the same name is taken.
void GitChanges::findMoves() {
  std::unordered_map<std::string, std::vector<std::string>> arrived; ///< By blob.
  for (const auto &[path, before] : before_)
    if (auto entry = index_.find(path); before.empty() && entry != index_.end())
      arrived[entry->second.id].push_back(path);
  if (arrived.empty())
    return;
  // By blob: name → path.
  std::unordered_map<std::string, std::multimap<std::string_view, std::string_view>> left;
  const auto leave = [&](const std::string &path, const std::string &id) {
    if (arrived.contains(id) && isGone(path))
      left[id].emplace(fileName(path), path);
  };
  for (const auto &[path, before] : before_)
    leave(path, before);
  for (const auto &[path, entry] : index_)
    if (!before_.contains(path))
      leave(path, entry.id);
  for (const auto &[id, targets] : arrived) {
    std::multimap<std::string_view, std::string_view> &sources = left[id];
    const auto pair = [&](std::string_view target, auto source) {
      moved_.emplace(target, source->second);
      left_.emplace(source->second);
      sources.erase(source);
    };
    std::vector<std::string_view> others;
    for (const std::string &target : targets)
      if (auto source = sources.find(fileName(target)); source != sources.end())
        pair(target, source);
      else
        others.push_back(target);
    for (std::string_view target : others)
      if (!sources.empty())
        pair(target, sources.begin());
  }
}

Result<std::unique_ptr<GitChanges>> GitChanges::since(const GitCommand &git,
                                                      const std::string &commit) {
  std::unique_ptr<GitChanges> changes(new GitChanges(git, false));
  if (Status status = changes->readIndex(git); !status)
    return status.error();
  if (Status status = changes->readDifference(git, commit); !status)
    return status.error();
  if (Status status = changes->readUntracked(git, {"--exclude-standard"}); !status)
    return status.error();
  changes->findMoves();
  return changes;
}

Result<std::unique_ptr<GitChanges>> GitChanges::staged(const GitCommand &git, bool has_commit) {
  std::unique_ptr<GitChanges> changes(new GitChanges(git, true));
  if (Status status = changes->readIndex(git); !status)
    return status.error();
  if (Status status = changes->readDifference(git, has_commit ? "HEAD" : ""); !status)
    return status.error();
  if (Status status = changes->readUntracked(git, {}); !status)
    return status.error();
  for (const auto &[path, entry] : changes->index_)
    if (!entry.is_link && !entry.is_skipped && !isOnDisk(path))
      changes->only_in_index_.push_back(path);
  changes->findMoves();
  return changes;
}

/// True where the working tree's file has the text of the blob.
bool GitChanges::isOnDiskAs(const std::string &path, const std::string &id) const {
  std::error_code error;
  if (const auto target = std::filesystem::read_symlink(path, error); !error)
    return blobId(target.native(), id.size()) == id;
  const Result<std::string> text = readFile(path);
  if (!text)
    return false;
  if (isCheckoutOf(*text, id))
    return true;
  const std::optional<std::string> blob = objects_.blob(id);
  return blob && isPointerTo(*blob, *text);
}

GitChanges::State GitChanges::judge(const std::string &path) const {
  const std::string before = idBefore(path);
  const auto entry = index_.find(path);
  const bool is_tracked = entry != index_.end();
  if (isGone(path))
    return State::gone;
  if (!is_tracked && before.empty())
    return untracked_.contains(path) && !of_index_ ? State::added : State::outside;
  if (before.empty())
    return State::added;
  if (is_tracked && entry->second.is_unmerged)
    return State::changed;
  const bool differs_in_index = before_.contains(path);
  if (of_index_ || (is_tracked && entry->second.is_skipped && !isOnDisk(path)))
    return differs_in_index ? State::changed : State::unchanged;
  return isOnDiskAs(path, before) ? State::unchanged : State::changed;
}

GitChanges::State GitChanges::stateOf(const std::string &path) const {
  {
    const std::lock_guard guard(lock_);
    if (auto known = states_.find(path); known != states_.end())
      return known->second;
  }
  const State state = judge(path);
  const std::lock_guard guard(lock_);
  return states_.emplace(path, state).first->second;
}

std::vector<std::string> GitChanges::deletedBelow(const std::string &folder) const {
  std::vector<std::string> files;
  const std::string first = folder == "/" ? folder : folder + "/";
  const auto add = [&](const std::string &path) {
    if (isGone(path) && !left_.contains(path))
      files.push_back(path);
  };
  for (auto at = index_.lower_bound(first); at != index_.end() && at->first.starts_with(first);
       ++at)
    add(at->first);
  for (auto at = before_.lower_bound(first); at != before_.end() && at->first.starts_with(first);
       ++at)
    if (!index_.contains(at->first))
      add(at->first);
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<std::string> GitChanges::textBefore(const std::string &path) const {
  const std::string id = idBefore(path);
  if (id.empty())
    return std::nullopt;
  const Result<std::string> now = readFile(path);
  if (!of_index_ && now && stateOf(path) == State::unchanged)
    return *now;
  std::optional<std::string> blob = objects_.blob(id);
  if (blob)
    return now ? withLineBreaksOf(std::move(*blob), *now) : std::move(*blob);
  const std::lock_guard guard(lock_);
  unknown_[path] = id;
  return std::nullopt;
}

std::map<std::string, std::string> GitChanges::takeUnknown() const {
  const std::lock_guard guard(lock_);
  return std::exchange(unknown_, {});
}

std::optional<Result<std::string>>
GitChanges::stagedText(const std::string &path, const Result<std::string> &on_disk) const {
  const auto entry = index_.find(path);
  if (!of_index_ || entry == index_.end() || entry->second.is_link || entry->second.is_unmerged)
    return std::nullopt;
  const std::string &id = entry->second.id;
  if (on_disk && isCheckoutOf(*on_disk, id))
    return std::nullopt;
  std::optional<std::string> blob = objects_.blob(id);
  if (!blob)
    return Error{
        format("cannot read {}: the repository does not hold its staged text, {}", path, id)};
  if (on_disk && isPointerTo(*blob, *on_disk))
    return std::nullopt;
  return Result<std::string>(std::move(*blob));
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

bool GitChanges::contain(const Migration &migration) const {
  return std::any_of(migration.files.begin(), migration.files.end(),
                     [&](const MigrationFile &file) {
                       const std::string path = resolved(file.path);
                       const State state = stateOf(path);
                       if (state == State::changed)
                         return true;
                       if (state != State::added)
                         return false;
                       const auto move = moved_.find(path);
                       const auto entry = index_.find(path);
                       const bool was_moved = move != moved_.end() && entry != index_.end() &&
                                              (of_index_ || isOnDiskAs(path, entry->second.id));
                       return !was_moved || (!migration.version.empty() && !migration.repeatable &&
                                             !namesVersion(move->second, migration.version));
                     });
}

/// Folders are few, files many: only a folder's path is resolved, once.
std::string GitChanges::resolved(const std::string &path) const {
  const std::lock_guard guard(lock_);
  const auto [folder, is_new] = folders_.try_emplace(parentPath(path));
  if (is_new)
    folder->second = absolutePath(folder->first);
  return joinPath(folder->second, fileName(path));
}

} // namespace lockstep::history
