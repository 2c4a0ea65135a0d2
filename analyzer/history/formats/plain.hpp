#pragma once
#include "history/files/folder.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

/// True where the folder's .sql names sort as versions: at least two start with a number, and no
/// more do not.
[[nodiscard]] bool sortsAsVersions(const Folder &folder);
/// True for a name that starts with a number, also behind a "v".
[[nodiscard]] bool isNumbered(std::string_view file);
/// True for a file that takes a change back: "x.down.sql", "undo.sql", "3_x_rollback.sql" beside
/// "3_x.sql", a file in a folder named "revert". `siblings` are the names in its folder.
[[nodiscard]] bool takesBack(const std::string &folder_name, std::string_view file,
                             const std::vector<std::string> &siblings);
/// A history of the file alone.
[[nodiscard]] History aloneHistory(const Folder &folder, const std::string &file);

} // namespace lockstep::history
