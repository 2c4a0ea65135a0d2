#pragma once
#include "history/layer.hpp"

#include <string>

namespace lockstep::history {

/// What is wrong with the first .gitignore that git would wait for, as one that is a pipe: among
/// those between the repository's root and the folder, and below it. Empty where all are well.
[[nodiscard]] std::string ignoreFileToWaitFor(const std::string &root, const std::string &folder);

/// The same for the files that git keeps in its own folder.
[[nodiscard]] std::string ownFileToWaitFor(const std::string &git_folder);

} // namespace lockstep::history
