#include "config/config.hpp"

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "report/escape.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lockstep::cli {

using Json = nlohmann::ordered_json;

static std::string asText(const Project &project) {
  std::vector<ResolvedSetting> settings = resolvedSettings(project.settings());
  auto lineOf = [](const ResolvedSetting &setting) { return setting.key + ": " + setting.value; };
  size_t width = 0;
  constexpr size_t widest = 50;
  for (const ResolvedSetting &setting : settings)
    if (size_t length = lineOf(setting).size(); length <= widest)
      width = std::max(width, length);
  const std::string &config = project.settings().config_file;
  std::string text = "# " + (config.empty() ? "no .lockstep.yaml" : printable(config));
  if (!project.scope().paths.empty())
    text += ", for " + printable(join(project.scope().paths, ", "));
  text += "\n";
  for (const ResolvedSetting &setting : settings) {
    std::string line = printable(lineOf(setting));
    line.resize(std::max(line.size(), width), ' ');
    text += line + "  # " + printable(setting.origin) + "\n";
  }
  return text;
}

static Json asJson(const Project &project) {
  Json json;
  json["config"] =
      project.settings().config_file.empty() ? Json(nullptr) : Json(project.settings().config_file);
  json["paths"] = project.scope().paths;
  json["settings"] = Json::array();
  for (const ResolvedSetting &setting : resolvedSettings(project.settings())) {
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
  std::optional<Session> session = openSession(parsed.arguments->input);
  if (!session)
    return 2;
  std::string text;
  Json json;
  json["version"] = 1;
  json["groups"] = Json::array();
  for (const Project &project : session->projects()) {
    text += (text.empty() ? "" : "\n") + asText(project);
    json["groups"].push_back(asJson(project));
  }
  if (parsed.arguments->json)
    text = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  return writeOut(parsed.arguments->json ? Channel::json : Channel::text, std::move(text)) ? 0 : 2;
}

} // namespace lockstep::cli
