#include "config/config.hpp"

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "report/escape.hpp"
#include "rules/registry.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lockstep {

using Json = nlohmann::ordered_json;

static std::string asText(const InputGroup &group) {
  std::vector<ResolvedSetting> settings = resolvedSettings(group.settings);
  auto lineOf = [](const ResolvedSetting &setting) { return setting.key + ": " + setting.value; };
  size_t width = 0;
  constexpr size_t widest = 50;
  for (const ResolvedSetting &setting : settings)
    if (size_t length = lineOf(setting).size(); length <= widest)
      width = std::max(width, length);
  const std::string &config = group.settings.config_file;
  std::string text = "# " + (config.empty() ? "no .lockstep.yaml" : printable(config));
  if (!group.scope.paths.empty())
    text += ", for " + printable(join(group.scope.paths, ", "));
  text += "\n";
  for (const ResolvedSetting &setting : settings) {
    std::string line = printable(lineOf(setting));
    line.resize(std::max(line.size(), width), ' ');
    text += line + "  # " + printable(setting.origin) + "\n";
  }
  return text;
}

static Json asJson(const InputGroup &group) {
  Json json;
  json["config"] =
      group.settings.config_file.empty() ? Json(nullptr) : Json(group.settings.config_file);
  json["paths"] = group.scope.paths;
  json["settings"] = Json::array();
  for (const ResolvedSetting &setting : resolvedSettings(group.settings)) {
    Json entry;
    entry["key"] = setting.key;
    entry["value"] = setting.value;
    entry["origin"] = setting.origin;
    json["settings"].push_back(std::move(entry));
  }
  return json;
}

int configCommand(const Tool &, Words words) {
  Parsed<ConfigArguments> parsed = parseConfig(words);
  if (!parsed.arguments)
    return parsed.status;
  Result<std::vector<InputGroup>> groups = groupInput(parsed.arguments->input, allRules());
  if (!groups) {
    complain(groups.error().message);
    return 2;
  }
  std::string text;
  Json json;
  json["version"] = 1;
  json["groups"] = Json::array();
  for (const InputGroup &group : *groups) {
    text += (text.empty() ? "" : "\n") + asText(group);
    json["groups"].push_back(asJson(group));
  }
  if (parsed.arguments->json)
    text = sealJson(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
  return writeOut(text) ? 0 : 2;
}

} // namespace lockstep
