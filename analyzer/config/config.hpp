#pragma once
#include "base/source_file.hpp"
#include "config/layer.hpp"
#include "config/settings.hpp"
#include "config/yaml.hpp"
#include "engine/rule.hpp"
#include "history/files/disk.hpp"
#include "history/files/history.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::config {

/// A configuration as read. Its settings hold only where it has no problems.
struct ConfigReading {
  Settings settings;
  std::vector<SourceFile> files; ///< The configuration's own first, then those that it extends.
  std::vector<ConfigProblem> problems; ///< By file, in the order of the text.
};

/// Reads `.lockstep.yaml` and, through `read`, the files that it extends. Rules and frameworks that
/// do not exist are problems, too.
[[nodiscard]] ConfigReading readConfig(const SourceFile &file, std::span<const Rule *const> rules,
                                       const FileReader &read = readFile);

/// "unknown KIND 'word'; did you mean 'near'?", or the words that are known.
[[nodiscard]] std::string unknownWord(std::string_view kind, std::string_view word,
                                      std::span<const std::string_view> known);

/// Names that --execution and `execution:` take.
[[nodiscard]] std::span<const std::string_view> executionNames();
/// Names that --fail-on and `fail_on:` take.
[[nodiscard]] std::span<const std::string_view> failOnNames();
[[nodiscard]] std::optional<Severity> failOnNamed(std::string_view name);
/// Names that --severity and `severity:` take.
[[nodiscard]] std::span<const std::string_view> severityNames();
/// Names of the frameworks.
[[nodiscard]] std::vector<std::string_view> frameworkNames();

/// One setting as the configuration would write it, and where it came from.
struct ResolvedSetting {
  std::string key;
  std::string value;  ///< YAML, in one line.
  std::string origin; ///< "default", "db/.lockstep.yaml:3", "--since".
};
/// Every setting, in the order of the documentation.
[[nodiscard]] std::vector<ResolvedSetting> resolvedSettings(const Settings &settings);

} // namespace lockstep::config
