#pragma once
#include "report/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::report {

/// What would change in a file.
struct Patch {
  std::string text;
  bool applies = true; ///< False where it can only be shown.
};

/// The change of a file as a patch for people and for `git apply`. A patch holds lines as they are:
/// one that a CI log would take for a command after the blank of a context line is removed and
/// added again instead. Where lines hold what may do harm anywhere in a line, the patch does not
/// apply: what is harmful is spelled out, and each line is behind a "#", which no patch tool reads.
[[nodiscard]] Patch renderPatch(const std::string &path, std::string_view before,
                                std::string_view after);

} // namespace lockstep::report
