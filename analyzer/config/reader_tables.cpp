// Keys about the sizes of tables, and the numbers of rules.
#include "base/text.hpp"
#include "config/reader.hpp"

#include <array>
#include <charconv>

namespace lockstep::config {

std::optional<int64_t> ConfigReader::number(const YamlNode &node, std::string_view expected,
                                            int64_t least) {
  const std::string *text = scalar(node, expected);
  if (!text)
    return std::nullopt;
  std::string digits = *text;
  std::erase(digits, '_');
  int64_t value = 0;
  const char *end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, value);
  if (parsed.ec == std::errc() && parsed.ptr == end && value >= least)
    return value;
  problem(node.where,
          format("'{}' is no {}; at least {} is wanted", *text, expected, std::to_string(least)));
  return std::nullopt;
}

void ConfigReader::readOptions(const YamlNode &node, Settings &settings) {
  if (node.kind == YamlNode::Kind::null)
    return;
  if (node.kind != YamlNode::Kind::mapping) {
    problem(node.where, "expected rules with their options");
    return;
  }
  for (const YamlEntry &entry : node.entries) {
    const Rule *rule = findRule(rules_, entry.key);
    if (!rule)
      problem(entry.key_where, unknownRuleMessage(rules_, entry.key));
    else if (rule->options.empty())
      problem(entry.key_where, format("rule '{}' has no options", rule->id.text));
    else
      readRuleOptions(*rule, entry.value, settings);
  }
}

void ConfigReader::readRuleOptions(const Rule &rule, const YamlNode &node, Settings &settings) {
  if (node.kind != YamlNode::Kind::mapping) {
    problem(node.where, "expected options with their values");
    return;
  }
  for (const YamlEntry &entry : node.entries) {
    const RuleOption *option = findOption(rule, entry.key);
    if (!option) {
      std::vector<std::string_view> known;
      for (const RuleOption &each : rule.options)
        known.push_back(each.name);
      problem(entry.key_where, unknownWord("option", entry.key, known));
    } else if (std::optional<int64_t> value =
                   number(entry.value, format("number of {}", option->name), option->least)) {
      settings.options.set(rule, *option, *value);
    }
  }
}

void ConfigReader::readStatistics(const YamlNode &node, TableSettings &tables) {
  const std::string *text = scalar(node, "the path of a file with table sizes");
  if (!text || text->empty())
    return;
  tables.stats = pathOf(*text);
  Result<std::string> json = read_(tables.stats);
  if (!json) {
    problem(node.where, json.error().message);
    return;
  }
  if (Status status = tables.sizes.read(*json, tables.stats); !status)
    problem(node.where, status.error().message);
}

void ConfigReader::readDeclaredTables(const YamlNode &node, TableSettings &tables) {
  static constexpr std::array<Key<TableSettings>, 4> keys{{
      {"large", &ConfigReader::readLargeTables},
      {"small", &ConfigReader::readSmallTables},
      {"large_from", &ConfigReader::readLargeFrom},
      {"small_below", &ConfigReader::readSmallBelow},
  }};
  readKeys<TableSettings>(node, tables, keys);
}

void ConfigReader::readLargeTables(const YamlNode &node, TableSettings &tables) {
  for (const YamlNode *word : words(node, "tables"))
    tables.sizes.declare(word->scalar, SizeClass::large);
}

void ConfigReader::readSmallTables(const YamlNode &node, TableSettings &tables) {
  for (const YamlNode *word : words(node, "tables"))
    tables.sizes.declare(word->scalar, SizeClass::small);
}

void ConfigReader::readLargeFrom(const YamlNode &node, TableSettings &tables) {
  if (std::optional<int64_t> rows = number(node, "number of rows", 1))
    tables.sizes.setBounds(tables.sizes.smallBelow(), static_cast<uint64_t>(*rows));
}

void ConfigReader::readSmallBelow(const YamlNode &node, TableSettings &tables) {
  if (std::optional<int64_t> rows = number(node, "number of rows", 0))
    tables.sizes.setBounds(static_cast<uint64_t>(*rows), tables.sizes.largeFrom());
}

} // namespace lockstep::config
