#include "cli/commands.hpp"
#include "report/page.hpp"
#include "rules/pages.hpp"
#include "rules/registry.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lockstep::cli {

using Json = nlohmann::ordered_json;

static std::string asText() {
  size_t width = 0;
  for (const Rule *rule : allRules())
    width = std::max(width, rule->id.text.size());
  auto column = [](std::string_view text, size_t columns) {
    std::string padded(text);
    padded.resize(std::max(columns, padded.size()) + 2, ' ');
    return padded;
  };
  std::string text;
  for (const Rule *rule : allRules())
    text += column(rule->id.text, width) + column(name(rule->severity), 7) +
            column(name(rule->category), 13) + column(name(rule->preset), 11) +
            std::string(summaryOf(rulePage(rule->id.text))) + "\n";
  return text;
}

static std::string asMarkdown() {
  std::string text = "| rule | severity | category | preset | summary |\n|---|---|---|---|---|\n";
  for (const Rule *rule : allRules()) {
    text += "| `" + std::string(rule->id.text) + "` | " + std::string(name(rule->severity)) +
            " | " + std::string(name(rule->category)) + " | " + std::string(name(rule->preset)) +
            " | ";
    for (char c : summaryOf(rulePage(rule->id.text)))
      text += c == '|' ? std::string("\\|") : std::string(1, c);
    text += " |\n";
  }
  return text;
}

static Json ruleJson(const Rule &rule, bool with_page) {
  auto words = [](std::span<const std::string_view> list) {
    Json json = Json::array();
    for (std::string_view word : list)
      json.push_back(std::string(word));
    return json;
  };
  std::string_view page = rulePage(rule.id.text);
  Json json;
  json["id"] = std::string(rule.id.text);
  json["category"] = std::string(name(rule.category));
  json["severity"] = std::string(name(rule.severity));
  json["phase"] = rule.phase == Phase::none ? Json(nullptr) : Json(std::string(name(rule.phase)));
  json["preset"] = std::string(name(rule.preset));
  json["summary"] = std::string(summaryOf(page));
  json["aliases"] = words(rule.aliases);
  json["supersedes"] = words(rule.supersedes);
  json["options"] = Json::array();
  for (const RuleOption &option : rule.options)
    json["options"].push_back({{"name", std::string(option.name)},
                               {"default", option.value},
                               {"least", option.least},
                               {"meaning", std::string(option.meaning)}});
  if (with_page)
    json["page"] = publishedPage(page);
  return json;
}

static std::string dumped(const Json &json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

static Channel channelOf(PageFormat format) {
  return format == PageFormat::json ? Channel::json : Channel::text;
}

int rulesCommand(const Tool &, Words words) {
  Parsed<PageArguments> parsed = parsePage(words, "rules");
  if (!parsed.arguments)
    return parsed.status;
  std::string text;
  switch (parsed.arguments->format) {
  case PageFormat::text:
    text = asText();
    break;
  case PageFormat::markdown:
    text = asMarkdown();
    break;
  case PageFormat::json: {
    Json json;
    json["version"] = 1;
    json["rules"] = Json::array();
    for (const Rule *rule : allRules())
      json["rules"].push_back(ruleJson(*rule, false));
    text = dumped(json);
    break;
  }
  }
  return writeOut(channelOf(parsed.arguments->format), std::move(text)) ? 0 : 2;
}

int explainCommand(const Tool &, Words words) {
  Parsed<PageArguments> parsed = parsePage(words, "explain");
  if (!parsed.arguments)
    return parsed.status;
  if (parsed.arguments->words.empty()) {
    complain("explain needs a rule; `lockstep rules` lists them");
    return 2;
  }
  std::string text;
  Json list = Json::array();
  for (const std::string &word : parsed.arguments->words) {
    const Rule *rule = findRule(allRules(), word);
    if (!rule) {
      complain(unknownRuleMessage(allRules(), word));
      return 2;
    }
    std::string page = publishedPage(rulePage(rule->id.text));
    text += text.empty() ? "" : "\n";
    text += parsed.arguments->format == PageFormat::markdown ? page : plainPage(page);
    list.push_back(ruleJson(*rule, true));
  }
  if (parsed.arguments->format == PageFormat::json)
    text = dumped(list.size() == 1 ? list[0] : list);
  return writeOut(channelOf(parsed.arguments->format), std::move(text)) ? 0 : 2;
}

} // namespace lockstep::cli
