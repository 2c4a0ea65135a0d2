#pragma once
#include "base/line_index.hpp"
#include "config/config.hpp"
#include "config/layer.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::config {

/// Reads one configuration file into the settings of a reading, and those that it extends before.
class ConfigReader {
public:
  /// `index` is the file's in `reading.files`; `open` are the files that led here, none for the
  /// first one.
  ConfigReader(size_t index, std::span<const Rule *const> rules, const FileReader &read,
               ConfigReading &reading, std::vector<std::string> open);

  void readFile();

private:
  /// A key and what reads its value into a Target.
  template <class Target> struct Key {
    std::string_view name;
    void (ConfigReader::*read)(const YamlNode &, Target &) = nullptr;
  };
  template <class Target>
  void readKeys(const YamlNode &node, Target &target, std::span<const Key<Target>> keys) {
    if (node.kind == YamlNode::Kind::null)
      return;
    if (node.kind != YamlNode::Kind::mapping) {
      problem(node.where, "expected keys with values");
      return;
    }
    for (const YamlEntry &entry : node.entries) {
      auto key = std::find_if(keys.begin(), keys.end(),
                              [&](const Key<Target> &known) { return known.name == entry.key; });
      if (key != keys.end()) {
        (this->*key->read)(entry.value, target);
        continue;
      }
      std::vector<std::string_view> known;
      for (const Key<Target> &candidate : keys)
        known.push_back(candidate.name);
      problem(entry.key_where, unknownWord("key", entry.key, known));
    }
  }
  template <class Item>
  std::vector<Item> readItems(const YamlNode &node, std::string_view expected,
                              std::span<const Key<Item>> keys) {
    std::vector<Item> items;
    if (node.kind == YamlNode::Kind::null)
      return items;
    if (node.kind != YamlNode::Kind::sequence) {
      problem(node.where, "expected a list of " + std::string(expected));
      return items;
    }
    for (const YamlNode &item : node.items)
      readKeys<Item>(item, items.emplace_back(), keys);
    return items;
  }

  void problem(Range where, std::string message);
  /// The scalar's text, or null after saying what was expected.
  const std::string *scalar(const YamlNode &node, std::string_view expected);
  /// The items of a list; a single word is a list of one.
  std::vector<const YamlNode *> words(const YamlNode &node, std::string_view expected);
  /// "path:line" of a place in the file.
  [[nodiscard]] std::string placeOf(Range where);
  /// Paths are relative to the file's folder.
  [[nodiscard]] std::string pathOf(const std::string &written) const;
  /// A pattern with a slash inside is anchored at the file's folder.
  [[nodiscard]] std::string patternOf(std::string_view written) const;

  void readRoot(const YamlNode &node);
  void readExtends(const YamlNode &node);
  void extendBy(const YamlNode &word);
  void readNothing(const YamlNode &, Settings &) {} ///< Of a key that was read before.

  void readHistories(const YamlNode &node, Settings &settings);
  void readPath(const YamlNode &node, HistorySettings &history);
  void readBaseSchema(const YamlNode &node, HistorySettings &history);
  void readFrameworkSettings(const YamlNode &node, HistorySettings &history);
  void readRunner(const YamlNode &node, HistorySettings &history);
  template <class Target> void readFramework(const YamlNode &node, Target &target);
  template <class Target> void readExecution(const YamlNode &node, Target &target);
  template <class Target> void readPostgres(const YamlNode &node, Target &target);
  void readExclude(const YamlNode &node, Settings &settings);
  void readSince(const YamlNode &node, Settings &settings);
  void readBaseline(const YamlNode &node, Settings &settings);
  void readSession(const YamlNode &node, Settings &settings);
  void readOptions(const YamlNode &node, Settings &settings);
  void readRuleOptions(const Rule &rule, const YamlNode &node, Settings &settings);

  static TableSettings &tablesIn(Settings &settings) { return settings.tables; }
  static TableSettings &tablesIn(HistorySettings &history) {
    return history.tables ? *history.tables : history.tables.emplace();
  }
  template <class Target> void readStats(const YamlNode &node, Target &target) {
    readStatistics(node, tablesIn(target));
  }
  template <class Target> void readTables(const YamlNode &node, Target &target) {
    readDeclaredTables(node, tablesIn(target));
  }
  void readStatistics(const YamlNode &node, TableSettings &tables);
  void readDeclaredTables(const YamlNode &node, TableSettings &tables);
  void readLargeTables(const YamlNode &node, TableSettings &tables);
  void readSmallTables(const YamlNode &node, TableSettings &tables);
  void readLargeFrom(const YamlNode &node, TableSettings &tables);
  void readSmallBelow(const YamlNode &node, TableSettings &tables);
  std::optional<int64_t> number(const YamlNode &node, std::string_view expected, int64_t least);

  static SelectionRequest &selectionOf(Settings &settings) { return settings.selection; }
  static SelectionRequest &selectionOf(PathOverride &override) { return override.selection; }
  template <class Target> void readSelect(const YamlNode &node, Target &target) {
    selectionOf(target).select.clear();
    readRuleWords(node, selectionOf(target).select);
  }
  template <class Target> void readExtendSelect(const YamlNode &node, Target &target) {
    readRuleWords(node, selectionOf(target).extend_select);
  }
  template <class Target> void readIgnore(const YamlNode &node, Target &target) {
    readRuleWords(node, selectionOf(target).ignore);
  }
  template <class Target> void readSeverity(const YamlNode &node, Target &target) {
    readSeverities(node, selectionOf(target));
  }
  void readFailOn(const YamlNode &node, Settings &settings);
  void readRuleWords(const YamlNode &node, std::vector<std::string> &target);
  void readSeverities(const YamlNode &node, SelectionRequest &selection);
  void checkRuleWord(const std::string &word, Range where);

  void readOverrides(const YamlNode &node, Settings &settings);
  void readOverridePaths(const YamlNode &node, PathOverride &override);
  void readSuppressions(const YamlNode &node, Settings &settings);
  void readSuppressedRules(const YamlNode &node, DeclaredSuppression &suppression);
  void readSuppressedPath(const YamlNode &node, DeclaredSuppression &suppression);
  void readSuppressedVersion(const YamlNode &node, DeclaredSuppression &suppression);
  void readSuppressedStatement(const YamlNode &node, DeclaredSuppression &suppression);
  void readReason(const YamlNode &node, DeclaredSuppression &suppression);
  void readUntil(const YamlNode &node, DeclaredSuppression &suppression);

  size_t index_;
  std::span<const Rule *const> rules_;
  const FileReader &read_;
  ConfigReading &reading_;
  Settings &settings_;
  std::vector<std::string> open_; ///< Absolute paths, this file's last.
  std::string path_;
  std::string folder_;
  std::optional<LineIndex> lines_; ///< Made once no more files are added to the reading.
};

} // namespace lockstep::config
