#pragma once
#include <string_view>

namespace lockstep::base {

/// Matches as a line of .gitignore does: `*`, `?` and `[…]` stop at a slash, `**` crosses folders;
/// a pattern without a slash inside matches at any depth, one with a slash is anchored at the top;
/// a pattern that matches a folder matches all that lies below it.
[[nodiscard]] bool matchesGlob(std::string_view pattern, std::string_view path);

} // namespace lockstep::base
