#pragma once
#include "config/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::config {

inline constexpr std::string_view config_name = ".lockstep.yaml";

/// The nearest `.lockstep.yaml` at or above `folder`, up to the root around it (see
/// base/enclosure.hpp); empty where there is none. One that is a link leading nowhere is one.
[[nodiscard]] std::string findConfig(const std::string &folder);

/// A `.lockstep.yml` that stands where a configuration is looked for, and which is not read; empty
/// where there is none, or where `config`, the one that was found, stands beside it or nearer.
[[nodiscard]] std::string findMisnamedConfig(const std::string &folder, const std::string &config);

/// The folders below `folder`, as shown, that hold a `.lockstep.yaml` of their own, sorted; not
/// those that .gitignore and its like leave out.
[[nodiscard]] std::vector<std::string> configuredFoldersBelow(const std::string &folder);

inline constexpr std::string_view baseline_name = ".lockstep-baseline.json";

/// The nearest `.lockstep-baseline.json`, looked for in the same way.
[[nodiscard]] std::string findBaseline(const std::string &folder);

} // namespace lockstep::config
