#include "session/documents.hpp"

#include <filesystem>
#include <utility>

namespace lockstep::session {

static bool isOnDisk(const std::string &path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

Documents::Documents(FileReader disk) : disk_(std::move(disk)) {}

void Documents::set(const std::string &path, std::string text) { (*open_)[path] = std::move(text); }

void Documents::drop(const std::string &path) { open_->erase(path); }

FileReader Documents::reader() const {
  return [open = open_, disk = disk_](const std::string &path) -> Result<std::string> {
    auto text = open->find(path);
    return text == open->end() ? disk(path) : Result<std::string>(text->second);
  };
}

std::vector<std::string> Documents::unsaved() const {
  std::vector<std::string> paths;
  for (const auto &[path, text] : *open_)
    if (!isOnDisk(path))
      paths.push_back(path);
  return paths;
}

bool Documents::exists(const std::string &path) const {
  return open_->contains(path) || isOnDisk(path);
}

} // namespace lockstep::session
