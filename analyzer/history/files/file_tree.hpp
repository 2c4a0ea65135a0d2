#pragma once
#include "base/enclosure.hpp"
#include "base/result.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

/// The file system as discovery sees it: the disk, with files put on top that an editor or stdin
/// holds. Remembers what it has listed. Paths are as displayed; see base/path.hpp.
class FileTree {
public:
  /// `extra_files` exist besides those on the disk, and `read` yields their text; `hidden_files` do
  /// not, by their absolute paths. Folders outside of `enclosure` show nothing but extra files.
  FileTree(FileReader read, const std::vector<std::string> &extra_files,
           const std::set<std::string> &hidden_files, Enclosure enclosure);

  struct Entries {
    std::vector<std::string> files; ///< Names, in numeric-aware order.
    std::vector<std::string> folders;
    std::vector<std::string> links; ///< Those of both that are symbolic links.
    bool knows = true;              ///< The file system's listings tell links.
    bool readable = true;
    std::string problem; ///< Why it is not readable.
  };
  /// What stands in a folder; nothing where it does not exist.
  [[nodiscard]] const Entries &entries(const std::string &folder) const;
  [[nodiscard]] bool isFile(const std::string &path) const;
  [[nodiscard]] bool isFolder(const std::string &path) const;
  /// The folder's names hold `name`.
  [[nodiscard]] bool hasFile(const std::string &folder, std::string_view name) const;
  /// A file's text. Formats look at the same few files one after the other: the last ones are kept.
  [[nodiscard]] Result<std::string> read(const std::string &path) const;
  /// True for a symbolic link. Those to folders are listed, but not walked into.
  [[nodiscard]] bool isLink(const std::string &path) const;
  /// The absolute path of a file, links followed.
  [[nodiscard]] std::string resolved(const std::string &path) const;
  /// True where looking upwards ends: at the root of a repository, of the enclosure or of the file
  /// system.
  [[nodiscard]] bool isTop(const std::string &folder) const;
  /// True for a path without symbolic links that may be read; see base/enclosure.hpp.
  [[nodiscard]] bool mayRead(std::string_view absolute) const {
    return enclosure_.contains(absolute);
  }
  /// True for a folder of which nothing but extra files is shown.
  [[nodiscard]] bool isOutside(const std::string &folder) const;
  /// The root of the repository that `folder` is in, as displayed; empty where it is in none.
  [[nodiscard]] std::string repositoryRoot(const std::string &folder) const;
  /// The nearest file of that name ("go.mod", "conf/flyway.conf") at or above `folder`, up to the
  /// top, whose text contains `word`; empty where there is none.
  [[nodiscard]] const std::string &findAbove(const std::string &folder, std::string_view name,
                                             std::string_view word) const;

private:
  void keep(const std::string &path, const std::string &text) const;
  [[nodiscard]] bool isHidden(const std::string &folder, std::string_view name) const;
  [[nodiscard]] const std::string &absoluteOf(const std::string &folder) const;

  FileReader read_;
  std::map<std::string, std::vector<std::string>> extra_; ///< Folder → names of extra files.
  /// Folder → names of folders that lead to extra files.
  std::map<std::string, std::set<std::string>> extra_folders_;
  const std::set<std::string> &hidden_;
  Enclosure enclosure_;
  mutable std::map<std::string, Entries> listed_;
  mutable std::map<std::string, std::string> kept_; ///< Texts of files, by path.
  mutable size_t kept_bytes_ = 0;
  enum class Top : uint8_t { no, repository, enclosure };
  [[nodiscard]] Top topOf(const std::string &folder) const;
  mutable std::map<std::string, Top> tops_;
  mutable std::map<std::string, std::string> absolute_;    ///< Folders, links followed.
  mutable std::map<std::string, std::string> found_above_; ///< By folder, name and word.
};

/// Orders as people count, negative where `left` comes first: "2" before "10"; runs of digits
/// compare as numbers of any length, all else by bytes. 0 also where only leading zeros differ.
[[nodiscard]] int compareVersions(std::string_view left, std::string_view right);
/// The same as an order of names: those that differ in leading zeros are ordered, too.
[[nodiscard]] bool lessNumerically(std::string_view left, std::string_view right);

} // namespace lockstep::history
