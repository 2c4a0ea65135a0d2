// Keys about rules: which run, how severe, where not.
#include "base/text.hpp"
#include "config/reader.hpp"

#include <array>

namespace lockstep::config {

void ConfigReader::checkRuleWord(const std::string &word, Range where) {
  if (rulesNamed(rules_, word).empty()) {
    SelectionRequest request;
    request.select = {word};
    if (Result<Selection> selection = Selection::make(rules_, request); !selection)
      problem(where, selection.error().message);
  }
}

void ConfigReader::readRuleWords(const YamlNode &node, std::vector<std::string> &target) {
  for (const YamlNode *word : words(node, "rules, categories or presets")) {
    target.push_back(word->scalar);
    checkRuleWord(word->scalar, word->where);
  }
}

void ConfigReader::readSeverities(const YamlNode &node, SelectionRequest &selection) {
  if (node.kind != YamlNode::Kind::mapping && node.kind != YamlNode::Kind::null) {
    problem(node.where, "expected rules with their severities");
    return;
  }
  for (const YamlEntry &entry : node.entries) {
    checkRuleWord(entry.key, entry.key_where);
    const std::string *text = scalar(entry.value, "a severity");
    if (!text)
      continue;
    if (auto severity = severityNamed(*text))
      selection.severities.emplace_back(entry.key, *severity);
    else
      problem(entry.value.where, unknownWord("severity", *text, severityNames()));
  }
}

void ConfigReader::readFailOn(const YamlNode &node, Settings &settings) {
  const std::string *text = scalar(node, "a severity, or never");
  if (!text)
    return;
  if (auto severity = failOnNamed(*text))
    settings.fail_on = *severity;
  else
    problem(node.where, unknownWord("severity", *text, failOnNames()));
}

void ConfigReader::readOverrides(const YamlNode &node, Settings &settings) {
  static constexpr std::array<Key<PathOverride>, 5> keys{{
      {"paths", &ConfigReader::readOverridePaths},
      {"select", &ConfigReader::readSelect<PathOverride>},
      {"extend_select", &ConfigReader::readExtendSelect<PathOverride>},
      {"ignore", &ConfigReader::readIgnore<PathOverride>},
      {"severity", &ConfigReader::readSeverity<PathOverride>},
  }};
  std::vector<PathOverride> overrides =
      readItems<PathOverride>(node, "overrides, each with paths", keys);
  for (size_t i = 0; i < overrides.size(); ++i) {
    if (overrides[i].paths.empty() && node.items[i].kind == YamlNode::Kind::mapping)
      problem(node.items[i].where, "an override needs paths");
    settings.overrides.push_back(std::move(overrides[i]));
  }
}

void ConfigReader::readOverridePaths(const YamlNode &node, PathOverride &override) {
  for (const YamlNode *word : words(node, "path patterns"))
    override.paths.push_back(patternOf(word->scalar));
}

void ConfigReader::readSuppressions(const YamlNode &node, Settings &settings) {
  static constexpr std::array<Key<DeclaredSuppression>, 7> keys{{
      {"rule", &ConfigReader::readSuppressedRules},
      {"rules", &ConfigReader::readSuppressedRules},
      {"path", &ConfigReader::readSuppressedPath},
      {"version", &ConfigReader::readSuppressedVersion},
      {"statement", &ConfigReader::readSuppressedStatement},
      {"reason", &ConfigReader::readReason},
      {"until", &ConfigReader::readUntil},
  }};
  std::vector<DeclaredSuppression> suppressions =
      readItems<DeclaredSuppression>(node, "suppressions, each with a rule", keys);
  for (size_t i = 0; i < suppressions.size(); ++i) {
    DeclaredSuppression &one = suppressions[i];
    one.config = path_;
    one.where = node.items[i].where;
    if (node.items[i].kind != YamlNode::Kind::mapping)
      continue;
    if (one.rules.empty())
      problem(one.where, "a suppression needs a rule");
    else if (one.path.empty() && one.version.empty() && one.statement.empty())
      problem(one.where, "a suppression needs a path, a version or a statement; `ignore` leaves a "
                         "rule out everywhere");
    settings.suppressions.push_back(std::move(one));
  }
}

void ConfigReader::readSuppressedRules(const YamlNode &node, DeclaredSuppression &suppression) {
  readRuleWords(node, suppression.rules);
}

void ConfigReader::readSuppressedPath(const YamlNode &node, DeclaredSuppression &suppression) {
  if (const std::string *text = scalar(node, "a path pattern"))
    suppression.path = patternOf(*text);
}

void ConfigReader::readSuppressedVersion(const YamlNode &node, DeclaredSuppression &suppression) {
  if (const std::string *text = scalar(node, "a migration's version"))
    suppression.version = *text;
}

void ConfigReader::readSuppressedStatement(const YamlNode &node, DeclaredSuppression &suppression) {
  const std::string *text = scalar(node, "a statement's hash, as the JSON report has it");
  if (!text)
    return;
  bool is_hash =
      text->size() == 16 && text->find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hash)
    problem(node.where,
            format("'{}' is no statement's hash: the JSON report has them, 16 digits", *text));
  suppression.statement = *text;
}

void ConfigReader::readReason(const YamlNode &node, DeclaredSuppression &suppression) {
  if (const std::string *text = scalar(node, "a reason"))
    suppression.reason = *text;
}

void ConfigReader::readUntil(const YamlNode &node, DeclaredSuppression &suppression) {
  const std::string *text = scalar(node, "a day such as 2026-12-31");
  if (!text)
    return;
  if (!isDay(*text))
    problem(node.where, format("'{}' is no day such as 2026-12-31", *text));
  suppression.until = *text;
}

} // namespace lockstep::config
