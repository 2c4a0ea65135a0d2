#include "history/reading/versioned_folders.hpp"

namespace lockstep::history {

std::vector<Migration> folderMigrations(const Folder &folder, std::string_view up_file,
                                        std::string_view down_file) {
  std::vector<Migration> migrations;
  for (const std::string &name : folder.folders()) {
    Folder step = folder.child(name);
    bool has_up = step.has(up_file);
    bool has_down = !down_file.empty() && step.has(down_file);
    if (!has_up && !has_down)
      continue;
    Migration &migration = migrations.emplace_back();
    size_t underscore = name.find('_');
    migration.version = name.substr(0, underscore);
    migration.name = underscore == std::string::npos ? name : name.substr(underscore + 1);
    if (has_up)
      migration.files.push_back({.path = step.pathOf(up_file)});
    if (has_down)
      migration.files.push_back({.path = step.pathOf(down_file), .direction = Direction::down});
  }
  return migrations;
}

std::string subfolderWith(const Folder &folder, std::string_view file) {
  for (const std::string &name : folder.folders())
    if (folder.child(name).has(file))
      return name;
  return "";
}

} // namespace lockstep::history
