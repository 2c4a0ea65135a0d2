#pragma once
#include "history/files/file_tree.hpp"
#include "history/layer.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep::history {

/// A folder as formats look at it: its names, a few of its texts, and the project around it.
class Folder {
public:
  Folder(const FileTree &tree, std::string path) : tree_(&tree), path_(std::move(path)) {}

  [[nodiscard]] const std::string &path() const { return path_; }
  /// The folder's own name, also where the path is "." or "..".
  [[nodiscard]] std::string name() const;
  /// Names, in numeric-aware order.
  [[nodiscard]] const std::vector<std::string> &files() const { return entries().files; }
  [[nodiscard]] const std::vector<std::string> &folders() const { return entries().folders; }
  /// `file` may lie in a subfolder: "deploy/users.sql".
  [[nodiscard]] bool has(std::string_view file) const;
  [[nodiscard]] bool hasFolder(std::string_view folder) const;
  [[nodiscard]] Folder parent() const;
  [[nodiscard]] Folder child(std::string_view name) const;
  [[nodiscard]] std::string pathOf(std::string_view file) const;
  /// True for a symbolic link to a folder.
  [[nodiscard]] bool isLink(std::string_view folder) const { return tree_->isLink(pathOf(folder)); }
  /// Empty where it cannot be read.
  [[nodiscard]] std::string read(std::string_view file) const;
  /// A file anywhere, by its displayed path; empty where it cannot be read.
  [[nodiscard]] std::string readPath(const std::string &path) const;
  [[nodiscard]] bool isFile(const std::string &path) const { return tree_->isFile(path); }
  /// The absolute path of a file anywhere, links followed.
  [[nodiscard]] std::string resolved(const std::string &path) const {
    return tree_->resolved(path);
  }
  /// True for a path without symbolic links that may be read; see base/enclosure.hpp.
  [[nodiscard]] bool mayRead(std::string_view absolute) const { return tree_->mayRead(absolute); }

  /// The first, second and last .sql files with their texts: enough to see a framework's marks.
  struct Sample {
    std::string file;
    std::string text;
  };
  [[nodiscard]] const std::vector<Sample> &samples() const;
  /// A file of the project around the folder.
  struct ProjectFile {
    std::string path; ///< Empty: there is none.
    std::string text;
    explicit operator bool() const { return !path.empty(); }
  };
  /// The nearest file of that name ("flyway.toml", "conf/flyway.conf") in this folder or above, up
  /// to the repository root, whose text contains `word`.
  [[nodiscard]] ProjectFile projectFile(std::string_view name, std::string_view word = "") const;

private:
  [[nodiscard]] const FileTree::Entries &entries() const { return tree_->entries(path_); }

  const FileTree *tree_;
  std::string path_;
  mutable std::optional<std::vector<Sample>> samples_;
};

} // namespace lockstep::history
