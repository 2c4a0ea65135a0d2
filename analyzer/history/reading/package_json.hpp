#pragma once
#include "history/files/folder.hpp"
#include "history/layer.hpp"

#include <string_view>

namespace lockstep::history {

/// The first version in the text ("^6.19.1"), as 1000 * major + minor; 0: there is none
/// from 1.0 on.
[[nodiscard]] int versionNumber(std::string_view text);

/// The version of `package` that the nearest package.json asks for, as 1000 * major + minor; 0:
/// unknown.
[[nodiscard]] int packageVersion(const Folder &folder, std::string_view package);

} // namespace lockstep::history
