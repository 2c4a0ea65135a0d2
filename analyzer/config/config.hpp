#pragma once
#include "base/source_file.hpp"
#include "config/settings.hpp"
#include "config/yaml.hpp"
#include "engine/rule.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

/// A configuration file as read. Its settings hold only where it has no problems.
struct ConfigReading {
  Settings settings;
  std::vector<ConfigProblem> problems; ///< In the order of the text.
};

/// Reads `.lockstep.yaml`. Rules and frameworks that do not exist are problems, too.
[[nodiscard]] ConfigReading readConfig(const SourceFile &file, std::span<const Rule *const> rules);

/// "unknown KIND 'word'; did you mean 'near'?", or the words that are known.
[[nodiscard]] std::string unknownWord(std::string_view kind, std::string_view word,
                                      std::span<const std::string_view> known);

/// Names that --execution and `execution:` take.
[[nodiscard]] std::span<const std::string_view> executionNames();
/// Names that --fail-on and `fail_on:` take.
[[nodiscard]] std::span<const std::string_view> failOnNames();
[[nodiscard]] std::optional<Severity> failOnNamed(std::string_view name);
/// Names of the frameworks.
[[nodiscard]] std::vector<std::string_view> frameworkNames();

} // namespace lockstep
