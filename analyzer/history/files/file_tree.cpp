#include "history/files/file_tree.hpp"

#include "base/path.hpp"
#include "base/repository.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

namespace lockstep::history {

namespace fs = std::filesystem;

static bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// The number at `at` without its leading zeros; moves `at` behind it.
static std::string_view takeNumber(std::string_view text, size_t &at) {
  size_t begin = at;
  while (at < text.size() && isDigit(text[at]))
    ++at;
  std::string_view digits = text.substr(begin, at - begin);
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

static size_t digitsAt(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && isDigit(text[end]))
    ++end;
  return end - at;
}

int compareVersions(std::string_view left, std::string_view right) {
  // Names of one folder begin alike. A number that both have begun is compared from its start,
  // unless it is as long in both: then its first different digit decides.
  size_t a = static_cast<size_t>(
      std::mismatch(left.begin(), left.end(), right.begin(), right.end()).first - left.begin());
  if (digitsAt(left, a) == digitsAt(right, a) && a < left.size() && a < right.size())
    return static_cast<unsigned char>(left[a]) - static_cast<unsigned char>(right[a]);
  while (a > 0 && isDigit(left[a - 1]))
    --a;
  size_t b = a;
  while (a < left.size() && b < right.size()) {
    if (!isDigit(left[a]) || !isDigit(right[b])) {
      int order = static_cast<unsigned char>(left[a]) - static_cast<unsigned char>(right[b]);
      if (order != 0)
        return order;
      ++a;
      ++b;
      continue;
    }
    std::string_view left_number = takeNumber(left, a);
    std::string_view right_number = takeNumber(right, b);
    if (left_number.size() != right_number.size())
      return left_number.size() < right_number.size() ? -1 : 1;
    if (int order = left_number.compare(right_number); order != 0)
      return order;
  }
  if (a < left.size())
    return 1;
  return b < right.size() ? -1 : 0;
}

bool lessNumerically(std::string_view left, std::string_view right) {
  int order = compareVersions(left, right);
  return order != 0 ? order < 0 : left < right;
}

namespace {
/// What decides the order of most names: the first number, after the same letters.
struct NameKey {
  std::string_view head; ///< Before the number.
  uint64_t number = 0;
  bool has_number = false; ///< One that 64 bits hold.
  std::string *name = nullptr;
};
} // namespace

static NameKey keyOf(std::string &name) {
  constexpr size_t most_digits = 19;
  NameKey key;
  key.name = &name;
  const size_t begin = std::min(name.find_first_of("0123456789"), name.size());
  size_t end = begin;
  for (; end < name.size() && isDigit(name[end]); ++end)
    key.number = key.number * 10 + static_cast<uint64_t>(name[end] - '0');
  key.head = std::string_view(name).substr(0, begin);
  key.has_number = end != begin && end - begin <= most_digits;
  return key;
}

/// Sorts as lessNumerically orders; reads each name's number once.
static void sortNumerically(std::vector<std::string> &names) {
  std::vector<NameKey> keys;
  keys.reserve(names.size());
  for (std::string &name : names)
    keys.push_back(keyOf(name));
  std::sort(keys.begin(), keys.end(), [](const NameKey &a, const NameKey &b) {
    if (a.has_number && b.has_number && a.number != b.number && a.head == b.head)
      return a.number < b.number;
    return lessNumerically(*a.name, *b.name);
  });
  std::vector<std::string> sorted;
  sorted.reserve(names.size());
  for (const NameKey &key : keys)
    sorted.push_back(std::move(*key.name));
  names = std::move(sorted);
}

void FileTree::keep(const std::string &path, const std::string &text) const {
  constexpr size_t most_bytes = size_t{1} << 20;
  if (text.size() > most_bytes)
    return;
  kept_bytes_ += text.size();
  if (kept_bytes_ > most_bytes) {
    kept_.clear();
    kept_bytes_ = text.size();
  }
  kept_.emplace(path, text);
}

Result<std::string> FileTree::read(const std::string &path) const {
  if (auto kept = kept_.find(path); kept != kept_.end())
    return kept->second;
  Result<std::string> text = read_(path);
  if (text)
    keep(path, *text);
  return text;
}

FileTree::FileTree(FileReader read, const std::vector<std::string> &extra_files,
                   const std::set<std::string> &hidden_files, Enclosure enclosure)
    : read_(std::move(read)), hidden_(hidden_files), enclosure_(std::move(enclosure)) {
  for (const std::string &path : extra_files) {
    extra_[parentPath(path)].emplace_back(fileName(path));
    // The folders on the way there may exist no more than the file does.
    for (std::string folder = parentPath(path);
         folder != "." && folder != "/" && !folder.ends_with(".."); folder = parentPath(folder))
      if (!extra_folders_[parentPath(folder)].emplace(fileName(folder)).second)
        break;
  }
}

const std::string &FileTree::absoluteOf(const std::string &folder) const {
  auto [place, is_new] = absolute_.try_emplace(folder);
  if (is_new)
    place->second = absolutePath(folder);
  return place->second;
}

bool FileTree::isOutside(const std::string &folder) const {
  return !enclosure_.contains(absoluteOf(folder));
}

bool FileTree::isHidden(const std::string &folder, std::string_view name) const {
  return !hidden_.empty() && hidden_.count(joinPath(absolutePath(folder), name)) != 0;
}

const FileTree::Entries &FileTree::entries(const std::string &folder) const {
  auto [place, is_new] = listed_.try_emplace(folder);
  Entries &entries = place->second;
  if (!is_new)
    return entries;
  struct Close {
    void operator()(DIR *open) const { closedir(open); }
  };
  const bool is_outside = isOutside(folder);
  std::unique_ptr<DIR, Close> open(is_outside ? nullptr : opendir(folder.c_str()));
  int problem = open ? 0 : errno;
  for (errno = 0; const dirent *entry = open ? readdir(open.get()) : nullptr; errno = 0) {
    std::string_view name = entry->d_name;
    if (name == "." || name == "..")
      continue;
    // The listing knows the kind of most; a link is what it leads to, and a file where it leads
    // nowhere.
    unsigned char kind = entry->d_type;
    entries.knows = entries.knows && kind != DT_UNKNOWN;
    struct stat status {};
    bool is_link = kind == DT_LNK;
    if (is_link)
      entries.links.emplace_back(name);
    if ((kind == DT_UNKNOWN || is_link) && stat(joinPath(folder, name).c_str(), &status) == 0)
      kind = S_ISDIR(status.st_mode) ? DT_DIR : S_ISREG(status.st_mode) ? DT_REG : DT_CHR;
    if (kind == DT_DIR)
      entries.folders.emplace_back(name);
    else if (kind == DT_REG || is_link || kind == DT_UNKNOWN)
      entries.files.emplace_back(name);
  }
  problem = open ? errno : problem;
  entries.readable = !is_outside && (problem == 0 || problem == ENOENT || problem == ENOTDIR);
  if (is_outside)
    entries.problem = outside_enclosure;
  else if (!entries.readable)
    entries.problem = std::strerror(problem);
  std::erase_if(entries.files, [&](const std::string &file) { return isHidden(folder, file); });
  if (auto extra = extra_.find(folder); extra != extra_.end())
    for (const std::string &name : extra->second)
      if (std::find(entries.files.begin(), entries.files.end(), name) == entries.files.end())
        entries.files.push_back(name);
  if (auto extra = extra_folders_.find(folder); extra != extra_folders_.end())
    for (const std::string &name : extra->second)
      if (std::find(entries.folders.begin(), entries.folders.end(), name) == entries.folders.end())
        entries.folders.push_back(name);
  sortNumerically(entries.files);
  sortNumerically(entries.folders);
  return entries;
}

bool FileTree::hasFile(const std::string &folder, std::string_view name) const {
  // What stands above and beside the project may be large, and is asked for a name or two.
  auto listed = listed_.find(folder);
  if (listed == listed_.end())
    return isFile(joinPath(folder, name));
  const std::vector<std::string> &files = listed->second.files;
  auto place = std::lower_bound(files.begin(), files.end(), name, lessNumerically);
  return place != files.end() && *place == name;
}

bool FileTree::isFile(const std::string &path) const {
  if (auto extra = extra_.find(parentPath(path)); extra != extra_.end())
    if (std::find(extra->second.begin(), extra->second.end(), fileName(path)) !=
        extra->second.end())
      return true;
  if (isHidden(parentPath(path), fileName(path)) || isOutside(parentPath(path)))
    return false;
  std::error_code error;
  fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_directory(status);
}

bool FileTree::isFolder(const std::string &path) const {
  std::error_code error;
  return extra_.contains(path) || fs::is_directory(path, error) || extra_folders_.contains(path);
}

bool FileTree::isLink(const std::string &path) const {
  if (auto listed = listed_.find(parentPath(path)); listed != listed_.end() && listed->second.knows)
    return std::find(listed->second.links.begin(), listed->second.links.end(), fileName(path)) !=
           listed->second.links.end();
  std::error_code error;
  return fs::is_symlink(fs::symlink_status(path, error));
}

std::string FileTree::resolved(const std::string &path) const {
  if (isLink(path))
    return absolutePath(path);
  return joinPath(absoluteOf(parentPath(path)), fileName(path));
}

FileTree::Top FileTree::topOf(const std::string &folder) const {
  auto [place, is_new] = tops_.try_emplace(folder, Top::no);
  if (is_new) {
    if (isRepositoryRoot(folder))
      place->second = Top::repository;
    else if (const std::string &absolute = absoluteOf(folder);
             absolute == "/" || enclosure_.isRoot(absolute))
      place->second = Top::enclosure;
  }
  return place->second;
}

bool FileTree::isTop(const std::string &folder) const { return topOf(folder) != Top::no; }

std::string FileTree::repositoryRoot(const std::string &folder) const {
  std::string at = folder;
  while (!isTop(at))
    at = parentPath(at);
  return topOf(at) == Top::repository ? at : "";
}

const std::string &FileTree::findAbove(const std::string &folder, std::string_view name,
                                       std::string_view word) const {
  std::string key = folder + '\n' + std::string(name) + '\n' + std::string(word);
  auto [place, is_new] = found_above_.try_emplace(std::move(key));
  std::string &found = place->second;
  if (!is_new)
    return found;
  std::string path = joinPath(folder, name);
  if (isFile(path)) {
    Result<std::string> text = read_(path);
    if (text && text->find(word) != std::string::npos)
      return found = path;
  }
  return isTop(folder) ? found : found = findAbove(parentPath(folder), name, word);
}

} // namespace lockstep::history
