#pragma once
#include "engine/layer.hpp"
#include "engine/rule.hpp"
#include "engine/table_sizes.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace lockstep::engine {

/// The option of that name, or null.
[[nodiscard]] const RuleOption *findOption(const Rule &rule, std::string_view name);

/// Values that the user gave to rules' options.
class RuleOptions {
public:
  void set(const Rule &rule, const RuleOption &option, int64_t value) {
    values_[{rule.id.text, option.name}] = value;
  }
  /// The user's value, or the option's own.
  [[nodiscard]] int64_t of(const Rule &rule, const RuleOption &option) const;
  /// By rule and option.
  [[nodiscard]] const std::map<std::pair<std::string_view, std::string_view>, int64_t> &
  given() const {
    return values_;
  }

private:
  std::map<std::pair<std::string_view, std::string_view>, int64_t> values_;
};

/// What rules are told beyond the history.
struct RuleSettings {
  RuleOptions options;
  TableSizes tables;
};

} // namespace lockstep::engine
