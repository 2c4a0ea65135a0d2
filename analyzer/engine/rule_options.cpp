#include "engine/rule_options.hpp"

#include <algorithm>

namespace lockstep::engine {

const RuleOption *findOption(const Rule &rule, std::string_view name) {
  auto found = std::find_if(rule.options.begin(), rule.options.end(),
                            [&](const RuleOption &option) { return option.name == name; });
  return found == rule.options.end() ? nullptr : &*found;
}

int64_t RuleOptions::of(const Rule &rule, const RuleOption &option) const {
  auto given = values_.find({rule.id.text, option.name});
  return given == values_.end() ? option.value : given->second;
}

} // namespace lockstep::engine
