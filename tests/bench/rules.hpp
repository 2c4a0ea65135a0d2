#pragma once
#include <string>
#include <vector>

namespace lockstep::bench {

/// What a rule takes over a history, beyond what the engine takes without rules.
struct RuleCost {
  std::string rule;
  double seconds = 0;
};

struct PackCost {
  double recommended = 0;      ///< Seconds of the rules of that preset together.
  double all = 0;              ///< Of all rules together, with all the findings that they make.
  std::vector<RuleCost> rules; ///< Each on its own, the dearest first.
};

/// Runs all rules, and each alone, over one history whose migrations are the texts.
[[nodiscard]] PackCost measureRules(const std::vector<std::string> &texts);

} // namespace lockstep::bench
