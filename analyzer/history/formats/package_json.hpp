#pragma once
#include "history/folder.hpp"

#include <string_view>

namespace lockstep {

/// The version of `package` that the nearest package.json asks for, as 1000 * major + minor; 0:
/// unknown.
[[nodiscard]] int packageVersion(const Folder &folder, std::string_view package);

} // namespace lockstep
