#include "history/discovery.hpp"

#include "base/glob_set.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "history/files/folder_names.hpp"
#include "history/files/git.hpp"
#include "history/formats/all.hpp"
#include "history/formats/plain.hpp"
#include "history/includers.hpp"
#include "history/reading/names.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace lockstep::history {

namespace {
/// A folder that a format recognises.
struct Recognition {
  const Format *format = nullptr;
  std::string detected_by;
};

/// A history with an index of its files.
struct Found {
  History history;
  FileSet wanted;
  const HistoryDeclaration *declared = nullptr;
  /// Path, as it stands in the history → migration, file.
  std::unordered_map<std::string_view, std::pair<size_t, size_t>> files;
  std::set<std::string, std::less<>> folders; ///< Those that hold its files.
  std::vector<std::string> skipped;           ///< Below a folder argument, but no migrations.
};

class Discoverer {
public:
  Discoverer(const DiscoveryOptions &options, const FileReader &read, Enclosure enclosure)
      : options_(options), exclude_(options.exclude),
        tree_(read, options.extra_files, options.hidden_files, std::move(enclosure)) {
    for (const HistoryDeclaration &declared : options.declared) {
      declared_.try_emplace(declared.path, &declared);
      base_schemas_.insert(declared.base_schema);
    }
  }

  Result<Discovery> run(const std::vector<std::string> &paths);

private:
  enum class Named { no, yes };

  void addFolder(const std::string &folder);
  void addFile(const std::string &path, Named named);
  void walk(const std::string &folder, const std::set<std::string> &ignored,
            std::vector<std::string> &files);
  [[nodiscard]] std::set<std::string> ignoredBelow(const std::string &folder);
  [[nodiscard]] bool isExcluded(const std::string &path) const;
  [[nodiscard]] const HistoryDeclaration *declarationOf(const std::string &path) const;
  [[nodiscard]] const Recognition *recognise(const std::string &folder, const Format *only);
  [[nodiscard]] static std::optional<Recognition> recogniseText(std::string_view text);
  void noteMixed(const std::string &folder, const Recognition &taken, const Recognition &other);
  [[nodiscard]] bool takeFrom(Found &found, const std::string &path, Named named);
  [[nodiscard]] bool takeRecognised(const std::string &path, Named named,
                                    const HistoryDeclaration *declared, const Format *only);
  [[nodiscard]] bool climb(const std::string &path, Named named, const HistoryDeclaration *declared,
                           const Format *only);
  [[nodiscard]] bool sortsAsVersionsHere(const std::string &folder);
  Found &open(const std::string &folder, const Format &format, const std::string &detected_by,
              const HistoryDeclaration *declared);
  [[nodiscard]] const std::vector<std::string> &versionFolders(const std::string &folder,
                                                               const Format &format);
  void listVersions(const std::vector<std::string> &folders, const Format &format,
                    History &history);
  Found &index(const std::string &key, History history, const HistoryDeclaration *declared);
  void takeAlone(const std::string &path, Named named, const HistoryDeclaration *declared,
                 const Format *only);
  [[nodiscard]] static Status checkFramework(const std::string &name);

  const DiscoveryOptions &options_;
  GlobSet exclude_;
  std::unordered_map<std::string_view, const HistoryDeclaration *> declared_; ///< By path.
  std::unordered_set<std::string_view> base_schemas_; ///< Of what is declared.
  FileTree tree_;
  std::map<std::pair<std::string, const Format *>, Recognition> recognised_;
  std::map<std::pair<std::string, const Format *>, std::vector<std::string>> version_folders_;
  /// What the last file's folder turned out to be: most files stand beside the one before.
  struct Place {
    std::string folder;
    const HistoryDeclaration *declared = nullptr;
    const Format *only = nullptr;
    Found *nearest = nullptr; ///< Of the nearest recognised folder; null: there is none.
    bool has_any = false;     ///< A folder at or above it is recognised.
    bool is_known = false;
  };
  Place place_;
  /// The history of the folder above the last file's folder.
  struct Above {
    std::string folder; ///< The file's.
    size_t known = 0;   ///< How many histories there were.
    Found *found = nullptr;
  };
  Above above_;
  std::map<std::string, bool> sorts_as_versions_;
  std::map<std::string, std::unique_ptr<Found>> found_; ///< By folder and framework.
  std::map<std::string, Found *> by_path_;              ///< The last one of each folder.
  Discovery discovery_;
};
} // namespace

Status Discoverer::checkFramework(const std::string &name) {
  if (name.empty() || formatNamed(name))
    return Done{};
  std::vector<std::string_view> known;
  for (const Format *format : formats())
    known.push_back(format->name);
  std::string_view near = nearest(name, known);
  std::string message = format("unknown framework '{}'", name);
  if (!near.empty())
    message += format("; did you mean '{}'?", near);
  return Error{std::move(message)};
}

Result<Discovery> Discoverer::run(const std::vector<std::string> &paths) {
  if (Status status = checkFramework(options_.framework); !status)
    return status.error();
  for (const HistoryDeclaration &declared : options_.declared)
    if (Status status = checkFramework(declared.framework); !status)
      return status.error();

  for (const std::string &argument : paths) {
    if (argument == "-") {
      std::string path(stdin_path);
      if (!options_.stdin_filename.empty())
        path = displayPath(options_.stdin_filename);
      addFile(path, Named::yes);
      continue;
    }
    std::string path = displayPath(argument);
    if (tree_.isFolder(path))
      addFolder(path);
    else if (!tree_.isFile(path) && tree_.isOutside(parentPath(path)))
      discovery_.unreadable.push_back(format("cannot read '{}': {}", path, outside_enclosure));
    else if (!tree_.isFile(path))
      discovery_.unmatched.push_back(argument);
    else if (!options_.force_exclude || !isExcluded(path))
      addFile(path, Named::yes);
  }
  for (auto &[key, found] : found_) {
    std::vector<Notice> &notices = found->history.notices;
    discovery_.notices.insert(discovery_.notices.end(), notices.begin(), notices.end());
    if (!found->skipped.empty())
      discovery_.notices.push_back(
          {"skipped",
           format("{} below {} not checked: {} does not run {} ({})",
                  plural(found->skipped.size(), "file"), found->history.path,
                  found->history.framework, found->skipped.size() == 1 ? "it" : "them",
                  join(found->skipped, ", ")),
           found->history.path,
           {}});
    if (!found->wanted.empty())
      discovery_.histories.push_back({std::move(found->history), std::move(found->wanted)});
  }
  std::stable_sort(discovery_.histories.begin(), discovery_.histories.end(),
                   [](const FoundHistory &a, const FoundHistory &b) {
                     return lessNumerically(a.history.path, b.history.path);
                   });
  leaveToIncluders(discovery_.histories);
  wantIncluded(discovery_.histories, [&](const std::string &path) { return isExcluded(path); });
  return std::move(discovery_);
}

bool Discoverer::isExcluded(const std::string &path) const { return exclude_.matches(path); }

/// "db/mysql, db/sqlite".
static std::string listOf(const std::string &folder, const std::vector<std::string> &names) {
  std::vector<std::string> paths;
  for (const std::string &name : names)
    paths.push_back(joinPath(folder, name));
  return join(paths, ", ");
}

void Discoverer::walk(const std::string &folder, const std::set<std::string> &ignored,
                      std::vector<std::string> &files) {
  const FileTree::Entries &entries = tree_.entries(folder);
  if (!entries.readable)
    discovery_.unreadable.push_back(format("cannot read '{}': {}", folder, entries.problem));
  auto isLeftOut = [&](const std::string &path) {
    return ignored.count(path) != 0 || isExcluded(path);
  };
  for (const std::string &file : entries.files)
    if (std::string path = joinPath(folder, file); sqlStem(file) && !isLeftOut(path))
      files.push_back(std::move(path));
  const std::vector<std::string> others = foldersOfOthers(entries.folders);
  if (!others.empty())
    discovery_.notices.push_back(
        {"dialect",
         format("{} not checked: the name is that of another database server, beside a folder of "
                "PostgreSQL's",
                listOf(folder, others)),
         folder,
         {}});
  for (const std::string &name : entries.folders) {
    if (std::find(others.begin(), others.end(), name) != others.end())
      continue;
    std::string path = joinPath(folder, name);
    // A link could lead back here, or to what is reached without it.
    if (name != ".git" && !tree_.isLink(path) && !isLeftOut(path))
      walk(path, ignored, files);
  }
}

std::set<std::string> Discoverer::ignoredBelow(const std::string &folder) {
  if (!options_.use_gitignore || tree_.repositoryRoot(folder).empty())
    return {};
  Result<std::set<std::string>> ignored = GitRepository::ignoredBelow(folder);
  if (ignored)
    return std::move(*ignored);
  discovery_.notices.push_back(
      {"gitignore", ".gitignore is not honoured: " + ignored.error().message, folder, {}});
  return {};
}

void Discoverer::addFolder(const std::string &folder) {
  std::vector<std::string> files;
  walk(folder, ignoredBelow(folder), files);
  if (files.empty())
    discovery_.unmatched.push_back(folder);
  for (const std::string &file : files)
    addFile(file, Named::no);
}

/// The nearest one at the path or above it.
const HistoryDeclaration *Discoverer::declarationOf(const std::string &path) const {
  if (declared_.empty())
    return nullptr;
  const auto at = [&](std::string_view folder) {
    const auto found = declared_.find(folder);
    return found == declared_.end() ? nullptr : found->second;
  };
  const std::string_view all = path;
  for (size_t end = all.size(); end != all.npos;
       end = end == 0 ? all.npos : all.rfind('/', end - 1))
    if (const HistoryDeclaration *declared = at(all.substr(0, end == 0 ? 1 : end)))
      return declared;
  return isBelow(path, ".") ? at(".") : nullptr;
}

void Discoverer::noteMixed(const std::string &folder, const Recognition &taken,
                           const Recognition &other) {
  discovery_.notices.push_back(
      {"framework",
       format("{} looks like {} ({}) and like {} ({}): taken as {}; 'framework' in .lockstep.yaml "
              "decides",
              folder, taken.format->name, taken.detected_by, other.format->name, other.detected_by,
              taken.format->name),
       folder,
       {}});
}

/// What the folder's evidence says; null where no format (or not `only`) recognises it.
const Recognition *Discoverer::recognise(const std::string &folder, const Format *only) {
  auto [place, is_new] = recognised_.try_emplace({folder, only});
  Recognition &best = place->second;
  if (is_new) {
    Folder facts(tree_, folder);
    std::optional<Evidence> strongest;
    for (const Format *format : formats()) {
      if (only && format != only)
        continue;
      std::optional<Evidence> evidence = evidenceOf(*format, facts);
      if (!evidence)
        continue;
      if (strongest && evidence->strength == strongest->strength &&
          evidence->strength >= Evidence::content)
        noteMixed(folder, best, {format, evidence->found});
      if (strongest && evidence->strength <= strongest->strength)
        continue;
      best = {format, evidence->found};
      strongest = std::move(evidence);
    }
  }
  return best.format ? &best : nullptr;
}

Found &Discoverer::index(const std::string &key, History history,
                         const HistoryDeclaration *declared) {
  auto found = std::make_unique<Found>();
  if (declared) {
    history.base_schema = declared->base_schema;
    if (declared->execution)
      history.execution = *declared->execution;
  }
  if (options_.execution)
    history.execution = *options_.execution;
  found->files.reserve(history.migrations.size());
  found->history = std::move(history);
  found->wanted = FileSet(found->history);
  const std::vector<Migration> &migrations = found->history.migrations;
  std::string_view folder;
  for (size_t i = 0; i < migrations.size(); ++i) {
    const std::vector<MigrationFile> &files = migrations[i].files;
    for (size_t j = 0; j < files.size(); ++j) {
      found->files.emplace(files[j].path, std::pair{i, j});
      if (std::string_view own = folderOf(files[j].path); own != folder) {
        found->folders.emplace(own);
        folder = own;
      }
    }
  }
  return *(found_[key] = std::move(found));
}

/// The folders in `folder` that are called by versions and that the format recognises, in their
/// order: together they are one history. Empty where there are not two of them, or where the format
/// looks for its files below the folder by itself.
const std::vector<std::string> &Discoverer::versionFolders(const std::string &folder,
                                                           const Format &format) {
  auto [place, is_new] = version_folders_.try_emplace({folder, &format});
  std::vector<std::string> &found = place->second;
  if (!is_new || format.recursive)
    return found;
  for (const std::string &name : Folder(tree_, folder).folders()) {
    if (!isVersionFolder(name))
      continue;
    const Recognition *recognition = recognise(joinPath(folder, name), nullptr);
    if (recognition && recognition->format == &format)
      found.push_back(joinPath(folder, name));
  }
  if (found.size() < 2)
    found.clear();
  return found;
}

/// Lists the migrations of all folders; the version of each begins with that of its folder.
void Discoverer::listVersions(const std::vector<std::string> &folders, const Format &format,
                              History &history) {
  for (const std::string &folder : folders) {
    History part = history;
    part.path = folder;
    part.migrations.clear();
    part.notices.clear();
    const Folder facts(tree_, folder);
    format.list(facts, part);
    for (Migration &migration : part.migrations) {
      migration.version = facts.name() + "/" + migration.version;
      history.migrations.push_back(std::move(migration));
    }
    for (Notice &notice : part.notices)
      history.notices.push_back(std::move(notice));
  }
}

Found &Discoverer::open(const std::string &folder, const Format &format,
                        const std::string &detected_by, const HistoryDeclaration *declared) {
  std::string key = folder + '\n' + std::string(format.name);
  if (auto place = found_.find(key); place != found_.end())
    return *place->second;
  History history;
  history.path = folder;
  history.framework = format.name;
  history.detected_by = detected_by;
  history.execution = format.model;
  history.session_per_file = format.session_per_file;
  history.format = &format;
  if (declared)
    history.settings = declared->settings;
  history.is_declared = declared != nullptr;
  if (const std::vector<std::string> &versions = versionFolders(folder, format); versions.empty())
    format.list(Folder(tree_, folder), history);
  else
    listVersions(versions, format, history);
  Found &found = index(key, std::move(history), declared);
  found.declared = declared;
  by_path_[folder] = &found;
  return found;
}

/// Marks the file as wanted where it is one of the history's; true also where it is one that the
/// history does not apply.
bool Discoverer::takeFrom(Found &found, const std::string &path, Named named) {
  if (auto place = found.files.find(path); place != found.files.end()) {
    auto [migration, file] = place->second;
    found.wanted.add(migration, file);
    return true;
  }
  const Format &format = *found.history.format;
  std::string_view relative = relativeTo(path, found.history.path);
  // Without migrations it said itself why: they are not for PostgreSQL.
  if (found.history.migrations.empty())
    return !found.history.notices.empty();
  Claim claim = format.claim ? format.claim(relative) : Claim::none;
  if (claim == Claim::none && named == Named::no && found.folders.contains(folderOf(path)))
    claim = Claim::dropped;
  if (claim == Claim::dropped || (claim == Claim::usual && named == Named::yes))
    found.skipped.emplace_back(relative);
  return claim != Claim::none;
}

bool Discoverer::sortsAsVersionsHere(const std::string &folder) {
  auto [place, is_new] = sorts_as_versions_.try_emplace(folder);
  if (is_new)
    place->second = sortsAsVersions(Folder(tree_, folder));
  return place->second;
}

bool Discoverer::takeRecognised(const std::string &path, Named named,
                                const HistoryDeclaration *declared, const Format *only) {
  std::string_view folder = folderOf(path);
  // Where each migration is a folder, those need not be looked at one by one.
  if (above_.folder != folder || above_.known != by_path_.size()) {
    auto place = by_path_.find(parentPath(folder));
    above_ = {std::string(folder), by_path_.size(),
              place == by_path_.end() ? nullptr : place->second};
  }
  if (Found *above = above_.found; above && above->declared == declared &&
                                   !above->history.format->recursive &&
                                   above->files.count(path) != 0)
    return takeFrom(*above, path, named);
  bool is_same = place_.is_known && place_.folder == folder && place_.declared == declared &&
                 place_.only == only;
  if (is_same && place_.nearest && takeFrom(*place_.nearest, path, named))
    return true;
  if (is_same && !place_.has_any && !only)
    return false;
  place_ = {std::string(folder), declared, only, nullptr, false, true};
  return climb(path, named, declared, only);
}

/// Looks for the nearest folder that a format recognises, from the file's own up to the declared
/// one or the repository's root.
bool Discoverer::climb(const std::string &path, Named named, const HistoryDeclaration *declared,
                       const Format *only) {
  std::string folder = parentPath(path);
  auto isTop = [&](const std::string &at) {
    return tree_.isTop(at) || (declared && at == declared->path);
  };
  std::string how;
  if (only)
    how = declared && !declared->framework.empty() ? "config" : "option";
  for (std::string at = folder;; at = parentPath(at)) {
    if (const Recognition *recognition = recognise(at, only)) {
      const Format *format = recognition->format;
      while (format->recursive && !isTop(at) && recognise(parentPath(at), format))
        at = parentPath(at);
      const std::string seen = only ? how : recognise(at, format)->detected_by;
      if (!isTop(at) && isVersionFolder(Folder(tree_, at).name()) &&
          !versionFolders(parentPath(at), *format).empty())
        at = parentPath(at);
      Found &found = open(at, *format, seen, declared);
      if (!place_.has_any)
        place_.nearest = &found;
      place_.has_any = true;
      if (takeFrom(found, path, named))
        return true;
    }
    if (isTop(at))
      break;
  }
  if (!only || only == &plain_format)
    return false;
  // Told the framework, the folder need not look like it.
  std::vector<std::string> candidates{folder, parentPath(folder)};
  if (declared)
    candidates = {declared->path};
  return std::any_of(candidates.begin(), candidates.end(), [&](const std::string &candidate) {
    return takeFrom(open(candidate, *only, how, declared), path, named);
  });
}

/// The framework that a file on its own shows by a directive in its text.
std::optional<Recognition> Discoverer::recogniseText(std::string_view text) {
  for (const Format *format : formats())
    if (std::string_view line; format->mark && !(line = format->mark(headOf(text))).empty())
      return Recognition{format, std::string(line)};
  return std::nullopt;
}

/// What pg_dump writes, as Rails, dbmate and others keep it beside the migrations; some take its
/// comments out.
static bool isDump(std::string_view text) {
  std::string_view head = headOf(text);
  return head.find("\n-- PostgreSQL database dump\n") != std::string_view::npos ||
         head.find("\nSELECT pg_catalog.set_config('search_path', '', false);") !=
             std::string_view::npos;
}

void Discoverer::takeAlone(const std::string &path, Named named, const HistoryDeclaration *declared,
                           const Format *only) {
  Folder folder(tree_, parentPath(path));
  std::string file(fileName(path));
  bool is_plain = !only || only == &plain_format;
  if (is_plain && declared && tree_.isFolder(declared->path) &&
      takeFrom(open(declared->path, plain_format, "config", declared), path, Named::yes))
    return;
  if (is_plain && sortsAsVersionsHere(folder.path()) && isNumbered(file) && path != stdin_path &&
      takeFrom(open(folder.path(), plain_format, "file names sort as versions", declared), path,
               Named::yes))
    return;
  if (auto place = found_.find(path); place != found_.end())
    return;
  History history = aloneHistory(folder, file);
  history.is_declared = declared != nullptr;
  if (declared)
    history.settings = declared->settings;
  std::string how = declared && !declared->framework.empty() ? "config" : "option";
  if (!only) {
    Result<std::string> text = tree_.read(path);
    if (text && named == Named::no && isDump(*text)) {
      if (base_schemas_.contains(path))
        return;
      discovery_.notices.push_back(
          {"skipped",
           format(
               "{} not checked: it is a dump of a schema, not a migration; a history starts from "
               "it where 'base_schema' in .lockstep.yaml says so",
               path),
           path,
           {}});
      return;
    }
    if (std::optional<Recognition> marked; text && (marked = recogniseText(*text))) {
      only = marked->format;
      how = marked->detected_by;
    }
  }
  if (only) {
    history.framework = only->name;
    history.detected_by = how;
    history.execution = only->model;
    history.session_per_file = only->session_per_file;
    history.format = only;
  }
  index(path, std::move(history), declared).wanted.add(0, 0);
}

void Discoverer::addFile(const std::string &path, Named named) {
  const HistoryDeclaration *declared = declarationOf(path);
  const Format *only = nullptr;
  if (declared && !declared->framework.empty())
    only = formatNamed(declared->framework);
  else if (!options_.framework.empty())
    only = formatNamed(options_.framework);
  bool is_stdin = path == stdin_path;
  if (is_stdin || !takeRecognised(path, named, declared, only))
    takeAlone(path, named, declared, only);
}

Result<Discovery> discover(const std::vector<std::string> &paths, const DiscoveryOptions &options,
                           const FileReader &read) {
  Enclosure enclosure = options.enclosure;
  if (enclosure.empty()) {
    enclosure = Enclosure(paths);
    if (!options.stdin_filename.empty())
      enclosure.add(options.stdin_filename);
  }
  return Discoverer(options, read, std::move(enclosure)).run(paths);
}

} // namespace lockstep::history
