#pragma once
#include "diag/finding.hpp"
#include "engine/fingerprint.hpp"
#include "engine/layer.hpp"
#include "engine/selection.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::engine {

/// A suppression that the configuration declares, for files that must not be edited any more: those
/// that were applied are known to the runner by their checksum. Each restriction that is not empty
/// has to hold.
struct DeclaredSuppression {
  std::vector<std::string> rules = {}; ///< Ids, aliases, categories or presets.
  std::string path = {};               ///< Glob on paths as shown to the user.
  std::string version = {};            ///< Of the migration, as the runner compares it.
  std::string statement = {};          ///< statementHash().
  std::string reason = {};
  std::string until = {};  ///< The last day that it holds, "2026-12-31"; empty: for good.
  std::string config = {}; ///< The file that declares it, as shown to the user, and where in it.
  Range where = {};
};

/// True for "2026-12-31" and the like.
[[nodiscard]] bool isDay(std::string_view text);

/// Marks what the suppressions cover, but for those that are over `today` ("2026-12-31"). The
/// findings have their fingerprints.
///
/// Says so, as notices, of those that are over and still would cover something, and of those that
/// cover nothing: only where a file of `checked` shows that they could have, or where `all` says
/// that everything was checked.
[[nodiscard]] std::vector<Notice> applySuppressions(std::span<const DeclaredSuppression> declared,
                                                    std::string_view today,
                                                    const FileSelections &selections,
                                                    std::span<const std::string> checked, bool all,
                                                    std::span<Finding> findings);

} // namespace lockstep::engine
