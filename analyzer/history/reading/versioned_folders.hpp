#pragma once

#include "history/files/folder.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

/// Migrations that are a folder each, "<version>_<name>/up.sql" and perhaps "down.sql", in
/// numeric-aware order of the folders' names.
[[nodiscard]] std::vector<Migration>
folderMigrations(const Folder &folder, std::string_view up_file, std::string_view down_file);

/// The first subfolder that holds `file`; empty where there is none.
[[nodiscard]] std::string subfolderWith(const Folder &folder, std::string_view file);

} // namespace lockstep::history
