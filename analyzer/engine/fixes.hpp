#pragma once
#include "diag/finding.hpp"
#include "engine/layer.hpp"

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::engine {

/// The edits of one pass over one file.
struct FixPlan {
  std::vector<Edit> edits;        ///< In the order of the text; none touches another.
  std::vector<std::string> fixes; ///< fixKey() of each fix that they make up.
};

/// Knows a fix again in a later run over the same text.
[[nodiscard]] std::string fixKey(const Finding &finding, const Fix &fix);

/// Chooses the fixes of a file's findings that can be applied together: of each finding that is not
/// suppressed the first one that is safe, or any where `unsafe` says so. Where two would touch the
/// same bytes, the later one waits for another pass. Fixes of `refused` are not taken.
[[nodiscard]] FixPlan planFixes(std::span<const Finding *const> findings, bool unsafe,
                                const std::set<std::string> &refused);

/// The text with the edits made; line ends of their texts become those of the text.
[[nodiscard]] std::string applyEdits(std::string_view text, std::span<const Edit> edits);

/// What changed, as `diff -u` prints it below the names of the files; empty where nothing did. A
/// line for which `is_no_context` holds is removed and added again where it would be context.
[[nodiscard]] std::string unifiedHunks(std::string_view before, std::string_view after,
                                       bool (*is_no_context)(std::string_view line));

} // namespace lockstep::engine
