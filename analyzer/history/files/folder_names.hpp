#pragma once
#include "history/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::history {

/// True for a folder that is called by a version: "7", "10", "v1.2", "V2_0_1".
[[nodiscard]] bool isVersionFolder(std::string_view name);

/// Those of the folders that are called by another database server, where one beside them is
/// called by PostgreSQL: their SQL is not PostgreSQL's.
[[nodiscard]] std::vector<std::string> foldersOfOthers(const std::vector<std::string> &names);

} // namespace lockstep::history
