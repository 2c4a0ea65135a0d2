#pragma once
#include "base/result.hpp"
#include "engine/rule.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

/// What the user asked for. Words are presets, categories, rule ids and aliases.
struct SelectionRequest {
  std::vector<std::string> select;        ///< Replaces the preset; empty: "recommended".
  std::vector<std::string> extend_select; ///< Adds.
  std::vector<std::string> ignore;        ///< Takes away, last.
  std::vector<std::pair<std::string, Severity>> severities; ///< Rule or category → severity.
};

/// Finds the rule that `word` names: an id or an alias (also without its tool's prefix); null if
/// none.
[[nodiscard]] const Rule *findRule(std::span<const Rule *const> rules, std::string_view word);

/// "unknown rule 'x'; did you mean 'y'?"
[[nodiscard]] std::string unknownRuleMessage(std::span<const Rule *const> rules,
                                             std::string_view word);

/// Which rules run, and how severe their findings are.
class Selection {
public:
  /// An unknown word is an Error with the nearest known one.
  static Result<Selection> make(std::span<const Rule *const> rules,
                                const SelectionRequest &request);

  /// `off` for a rule that is not selected.
  [[nodiscard]] Severity severityOf(const Rule &rule) const;
  /// True where the user gave the severity; rules then do not adjust it.
  [[nodiscard]] bool isForced(const Rule &rule) const;
  /// True where only "recommended" chose a rule whose own severity is info: then only findings that
  /// it raises above info are shown.
  [[nodiscard]] bool wantsOnlyRaised(const Rule &rule) const;
  [[nodiscard]] std::span<const Rule *const> rules() const { return rules_; }

private:
  struct Choice {
    Severity severity = Severity::off;
    bool forced = false;
    bool only_raised = false;
  };
  void choose(const Rule &rule, bool on, bool by_recommended);

  std::span<const Rule *const> rules_;
  std::map<std::string_view, Choice> choices_;
};

} // namespace lockstep
