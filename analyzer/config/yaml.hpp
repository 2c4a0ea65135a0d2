#pragma once
#include "base/range.hpp"
#include "config/layer.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::config {

struct YamlEntry;

/// A value of a YAML document with its place in the text.
struct YamlNode {
  enum class Kind { null, scalar, sequence, mapping };

  Kind kind = Kind::null;
  Range where;
  std::string scalar;
  std::vector<YamlNode> items;    ///< Of a sequence.
  std::vector<YamlEntry> entries; ///< Of a mapping, in the order of the text; keys are unique.
};

struct YamlEntry {
  std::string key;
  Range key_where;
  YamlNode value;
};

/// What is wrong at a place of a configuration file.
struct ConfigProblem {
  Range where;
  std::string message;
  size_t file = 0; ///< Index into ConfigReading::files.
};

/// Reads the one document of `text`; what is wrong is added to `problems`. Anchors and aliases are
/// not taken: a configuration needs none.
[[nodiscard]] YamlNode parseYaml(std::string_view text, std::vector<ConfigProblem> &problems);

} // namespace lockstep::config
