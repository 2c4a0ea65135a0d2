#include "engine/selection.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace lockstep {

static constexpr std::array<std::string_view, 3> preset_names{"recommended", "strict", "all"};

/// With its tool's prefix or without.
static bool hasAlias(const Rule &rule, std::string_view word) {
  return std::any_of(rule.aliases.begin(), rule.aliases.end(), [&](std::string_view alias) {
    size_t colon = alias.find(':');
    return alias == word || (colon != std::string_view::npos && alias.substr(colon + 1) == word);
  });
}

const Rule *findRule(std::span<const Rule *const> rules, std::string_view word) {
  for (const Rule *rule : rules)
    if (rule->id.text == word)
      return rule;
  for (const Rule *rule : rules)
    if (hasAlias(*rule, word))
      return rule;
  return nullptr;
}

std::string unknownRuleMessage(std::span<const Rule *const> rules, std::string_view word) {
  std::vector<std::string_view> known(preset_names.begin(), preset_names.end());
  for (const Rule *rule : rules) {
    known.push_back(rule->id.text);
    known.push_back(name(rule->category));
  }
  std::string message = format("unknown rule '{}'", word);
  if (std::string_view near = nearest(word, known); !near.empty())
    message += format("; did you mean '{}'?", near);
  return message;
}

/// The rules that a preset, category, id or alias stands for; empty for an unknown word.
static std::vector<const Rule *> rulesNamed(std::span<const Rule *const> rules,
                                            std::string_view word) {
  auto preset = std::find(preset_names.begin(), preset_names.end(), word);
  if (preset != preset_names.end()) {
    auto wanted = static_cast<Preset>(preset - preset_names.begin());
    std::vector<const Rule *> chosen;
    for (const Rule *rule : rules)
      if (rule->preset <= wanted)
        chosen.push_back(rule);
    return chosen;
  }
  if (auto category = categoryNamed(word)) {
    std::vector<const Rule *> chosen;
    for (const Rule *rule : rules)
      if (rule->category == *category)
        chosen.push_back(rule);
    return chosen;
  }
  const Rule *found = findRule(rules, word);
  if (!found)
    return {};
  if (found->id.text == word)
    return {found};
  // Another tool's rule may stand for several of ours.
  std::vector<const Rule *> chosen;
  for (const Rule *rule : rules)
    if (hasAlias(*rule, word))
      chosen.push_back(rule);
  return chosen;
}

/// A preset or category may have no rule and still be no mistake.
static bool isKnown(std::span<const Rule *const> rules, std::string_view word) {
  return std::find(preset_names.begin(), preset_names.end(), word) != preset_names.end() ||
         categoryNamed(word) || findRule(rules, word);
}

Result<Selection> Selection::make(std::span<const Rule *const> rules,
                                  const SelectionRequest &request) {
  Selection selection;
  selection.rules_ = rules;
  for (const Rule *rule : rules)
    selection.choices_[rule->id.text] = {};

  auto choose = [&](const std::vector<std::string> &words, bool on) -> Status {
    for (const std::string &word : words) {
      if (!isKnown(rules, word))
        return Error{unknownRuleMessage(rules, word)};
      for (const Rule *rule : rulesNamed(rules, word))
        selection.choose(*rule, on, word == preset_names.front());
    }
    return Done{};
  };
  const std::vector<std::string> recommended{"recommended"};
  if (Status status = choose(request.select.empty() ? recommended : request.select, true); !status)
    return status.error();
  if (Status status = choose(request.extend_select, true); !status)
    return status.error();
  for (const auto &[word, severity] : request.severities) {
    if (!isKnown(rules, word))
      return Error{unknownRuleMessage(rules, word)};
    // A category's severity does not switch rules on; naming the rule itself does.
    bool one_rule = findRule(rules, word) != nullptr;
    for (const Rule *rule : rulesNamed(rules, word)) {
      Choice &choice = selection.choices_[rule->id.text];
      if (one_rule || choice.severity != Severity::off)
        choice = {severity, true, false};
    }
  }
  if (Status status = choose(request.ignore, false); !status)
    return status.error();
  return selection;
}

void Selection::choose(const Rule &rule, bool on, bool by_recommended) {
  Choice &choice = choices_[rule.id.text];
  bool only_raised = by_recommended && rule.severity == Severity::info;
  if (choice.severity == Severity::off)
    choice.only_raised = only_raised;
  else
    choice.only_raised = choice.only_raised && only_raised;
  choice.severity = on ? rule.severity : Severity::off;
}

Severity Selection::severityOf(const Rule &rule) const {
  auto found = choices_.find(rule.id.text);
  return found == choices_.end() ? Severity::off : found->second.severity;
}

bool Selection::isForced(const Rule &rule) const {
  auto found = choices_.find(rule.id.text);
  return found != choices_.end() && found->second.forced;
}

bool Selection::wantsOnlyRaised(const Rule &rule) const {
  auto found = choices_.find(rule.id.text);
  return found != choices_.end() && found->second.only_raised;
}

} // namespace lockstep
