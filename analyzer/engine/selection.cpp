#include "engine/selection.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace lockstep::engine {

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

std::vector<const Rule *> rulesNamed(std::span<const Rule *const> rules, std::string_view word) {
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

Status Selection::choose(const std::vector<std::string> &words, bool on) {
  for (const std::string &word : words) {
    if (!isKnown(rules_, word))
      return Error{unknownRuleMessage(rules_, word)};
    for (const Rule *rule : rulesNamed(rules_, word)) {
      Choice &choice = choices_[rule];
      bool only_raised = word == preset_names.front() && rule->severity == Severity::info;
      choice.only_raised = only_raised && (choice.only_raised || !choice.on);
      choice.on = on;
      if (on && choice.given == Severity::off)
        choice.given.reset();
    }
  }
  return Done{};
}

Status Selection::apply(const SelectionRequest &request) {
  if (!request.select.empty())
    for (auto &[id, choice] : choices_)
      choice.on = false;
  if (Status status = choose(request.select, true); !status)
    return status;
  if (Status status = choose(request.extend_select, true); !status)
    return status;
  for (const auto &[word, severity] : request.severities) {
    if (!isKnown(rules_, word))
      return Error{unknownRuleMessage(rules_, word)};
    // A category's severity does not switch rules on; naming the rule itself does.
    bool one_rule = findRule(rules_, word) != nullptr;
    for (const Rule *rule : rulesNamed(rules_, word)) {
      Choice &choice = choices_[rule];
      choice.on = choice.on || one_rule;
      if (!choice.on)
        continue;
      choice.given = severity;
      choice.only_raised = false;
    }
  }
  return choose(request.ignore, false);
}

Result<Selection> Selection::make(std::span<const Rule *const> rules,
                                  const SelectionRequest &request) {
  Selection selection;
  selection.rules_ = rules;
  for (const Rule *rule : rules)
    selection.choices_[rule] = {};
  if (request.select.empty())
    if (Status status = selection.choose({"recommended"}, true); !status)
      return status.error();
  if (Status status = selection.apply(request); !status)
    return status.error();
  return selection;
}

Result<Selection> Selection::with(const SelectionRequest &request) const {
  Selection selection = *this;
  if (Status status = selection.apply(request); !status)
    return status.error();
  return selection;
}

Severity Selection::severityOf(const Rule &rule) const {
  auto found = choices_.find(&rule);
  if (found == choices_.end() || !found->second.on)
    return Severity::off;
  return found->second.given.value_or(rule.severity);
}

bool Selection::isForced(const Rule &rule) const {
  auto found = choices_.find(&rule);
  return found != choices_.end() && found->second.on && found->second.given;
}

bool Selection::wantsOnlyRaised(const Rule &rule) const {
  auto found = choices_.find(&rule);
  return found != choices_.end() && found->second.only_raised;
}

FileSelections::FileSelections(Selection selection)
    : base_(std::make_shared<const Selection>(std::move(selection))) {
  noteRunning(*base_);
}

void FileSelections::noteRunning(const Selection &selection) {
  for (const Rule *rule : selection.rules())
    if (selection.severityOf(*rule) != Severity::off)
      running_.insert(rule);
}

/// One request after the other.
static Result<Selection> combined(std::span<const Rule *const> rules,
                                  const std::vector<const SelectionRequest *> &requests) {
  Result<Selection> selection = Selection::make(rules, *requests.front());
  for (size_t i = 1; selection && i < requests.size(); ++i)
    selection = selection->with(*requests[i]);
  return selection;
}

Result<FileSelections> FileSelections::make(std::span<const Rule *const> rules,
                                            const SelectionRequest &request,
                                            std::span<const PathOverride> overrides,
                                            const SelectionRequest &last) {
  Result<Selection> base = combined(rules, {&request, &last});
  if (!base)
    return base.error();
  FileSelections selections(std::move(*base));
  selections.overrides_.assign(overrides.begin(), overrides.end());
  selections.indexPaths();
  selections.request_ = request;
  selections.last_ = last;
  // What one override chooses, another may take away again, but none adds what no one chooses.
  for (const PathOverride &override : overrides) {
    Result<Selection> one = combined(rules, {&request, &override.selection, &last});
    if (!one)
      return one.error();
    selections.noteRunning(*one);
  }
  return selections;
}

void FileSelections::indexPaths() {
  std::vector<std::string> paths;
  std::vector<uint32_t> owners;
  for (uint32_t i = 0; i < overrides_.size(); ++i)
    for (const std::string &path : overrides_[i].paths) {
      paths.push_back(path);
      owners.push_back(i);
    }
  paths_ = GlobSet(paths);
  for (uint32_t i = 0; i < paths.size(); ++i)
    overrides_of_path_[paths_.firstEqual(i)].push_back(owners[i]);
}

std::vector<uint32_t> FileSelections::overridesOf(const std::string &file) const {
  std::vector<uint32_t> matching;
  for (uint32_t path : paths_.matching(file)) {
    const std::vector<uint32_t> &owners = overrides_of_path_.at(path);
    matching.insert(matching.end(), owners.begin(), owners.end());
  }
  std::sort(matching.begin(), matching.end());
  matching.erase(std::unique(matching.begin(), matching.end()), matching.end());
  return matching;
}

const Selection &FileSelections::of(const std::string &file) const {
  if (overrides_.empty())
    return *base_;
  const std::lock_guard guard(known_->lock);
  auto [known, is_new] = known_->by_file.try_emplace(file, base_.get());
  if (!is_new)
    return *known->second;
  const std::vector<uint32_t> matching = overridesOf(file);
  if (matching.empty())
    return *base_;
  std::shared_ptr<const Selection> &made = known_->made[matching];
  if (!made) {
    std::vector<const SelectionRequest *> requests{&request_};
    for (uint32_t override : matching)
      requests.push_back(&overrides_[override].selection);
    requests.push_back(&last_);
    made = std::make_shared<const Selection>(std::move(*combined(rules(), requests)));
  }
  known->second = made.get();
  return *made;
}

} // namespace lockstep::engine
