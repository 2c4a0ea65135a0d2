#include "cli/commands.hpp"
#include "sql/lower/grammar.hpp"
#include "sql/script.hpp"

#include <string>

namespace lockstep::cli {

int versionCommand(const Tool &tool, Words words) {
  Parsed<PageArguments> parsed = parsePage(words, "version");
  if (!parsed.arguments)
    return parsed.status;
  std::string version(tool.version);
  std::string grammar = std::to_string(grammarVersion());
  std::string text = "lockstep " + version + " (grammar of PostgreSQL " + grammar + ")\n";
  if (parsed.arguments->format == PageFormat::json)
    text = "{\"name\": \"lockstep\", \"version\": \"" + version + "\", \"grammar\": " + grammar +
           "}\n";
  const bool is_json = parsed.arguments->format == PageFormat::json;
  return writeOut(is_json ? Channel::json : Channel::text, std::move(text)) ? 0 : 2;
}

} // namespace lockstep::cli
