#include "history/files/folder.hpp"

#include "base/path.hpp"

#include <algorithm>

namespace lockstep::history {

std::string Folder::name() const {
  std::string_view last = fileName(path_);
  if (last != "." && last != "..")
    return std::string(last);
  std::string absolute = absolutePath(path_);
  return std::string(fileName(absolute));
}

bool Folder::has(std::string_view file) const {
  std::string path = pathOf(file);
  return tree_->hasFile(parentPath(path), fileName(path));
}

bool Folder::hasFolder(std::string_view folder) const {
  return std::find(folders().begin(), folders().end(), folder) != folders().end();
}

Folder Folder::parent() const { return {*tree_, parentPath(path_)}; }
Folder Folder::child(std::string_view name) const { return {*tree_, joinPath(path_, name)}; }
std::string Folder::pathOf(std::string_view file) const { return joinPath(path_, file); }

std::string Folder::readPath(const std::string &path) const {
  Result<std::string> text = tree_->read(path);
  return text ? std::move(*text) : std::string();
}

std::string Folder::read(std::string_view file) const { return readPath(pathOf(file)); }

const std::vector<Folder::Sample> &Folder::samples() const {
  if (samples_)
    return *samples_;
  samples_.emplace();
  std::vector<const std::string *> scripts;
  for (const std::string &file : files())
    if (file.ends_with(".sql"))
      scripts.push_back(&file);
  for (size_t i = 0; i < scripts.size(); ++i)
    if (i < 2 || i + 1 == scripts.size())
      samples_->push_back({*scripts[i], read(*scripts[i])});
  return *samples_;
}

Folder::ProjectFile Folder::projectFile(std::string_view name, std::string_view word) const {
  const std::string &path = tree_->findAbove(path_, name, word);
  if (path.empty())
    return {};
  Result<std::string> text = tree_->read(path);
  return {path, text ? std::move(*text) : std::string()};
}

} // namespace lockstep::history
