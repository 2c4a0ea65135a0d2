#include "base/text.hpp"
#include "config/config.hpp"
#include "history/formats/format.hpp"

#include <algorithm>
#include <array>

namespace lockstep::config {

static constexpr std::array<std::string_view, 6> execution_names{
    "tx-all", "tx-file", "implicit", "pipeline", "autocommit", "unknown"};
static constexpr std::array<std::string_view, 4> fail_on_names{"error", "warning", "info", "never"};
static constexpr std::array<std::string_view, 4> severity_names{"error", "warning", "info", "off"};

std::span<const std::string_view> executionNames() { return execution_names; }
std::span<const std::string_view> failOnNames() { return fail_on_names; }
std::span<const std::string_view> severityNames() { return severity_names; }

std::optional<Severity> failOnNamed(std::string_view name) {
  if (name == "never")
    return Severity::off;
  if (name == "off")
    return std::nullopt;
  return severityNamed(name);
}

std::vector<std::string_view> frameworkNames() {
  std::vector<std::string_view> names;
  for (const Format *format : formats())
    names.push_back(format->name);
  std::sort(names.begin(), names.end());
  return names;
}

std::string unknownWord(std::string_view kind, std::string_view word,
                        std::span<const std::string_view> known) {
  std::string message = format("unknown {} '{}'", kind, word);
  if (std::string_view near = nearest(word, known); !near.empty())
    return message + format("; did you mean '{}'?", near);
  std::vector<std::string> words(known.begin(), known.end());
  return message + "; known are " + join(words, ", ");
}

} // namespace lockstep::config
