#include "config/config.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "history/formats/format.hpp"

#include <algorithm>
#include <array>

namespace lockstep {

static constexpr std::array<std::string_view, 6> execution_names{
    "tx-all", "tx-file", "implicit", "pipeline", "autocommit", "unknown"};
static constexpr std::array<std::string_view, 4> fail_on_names{"error", "warning", "info", "never"};
static constexpr std::array<std::string_view, 4> severity_names{"error", "warning", "info", "off"};

std::span<const std::string_view> executionNames() { return execution_names; }
std::span<const std::string_view> failOnNames() { return fail_on_names; }

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

static std::optional<int> versionNamed(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
    return std::nullopt;
  int version = (text[0] - '0') * 10 + (text[1] - '0');
  if (version < oldest_postgres || version > newest_postgres)
    return std::nullopt;
  return version;
}

std::optional<PostgresVersions> postgresVersionsNamed(std::string_view text) {
  size_t dots = text.find("..");
  auto first = versionNamed(text.substr(0, dots));
  auto last = dots == std::string_view::npos ? first : versionNamed(text.substr(dots + 2));
  if (!first || !last || *first > *last)
    return std::nullopt;
  return PostgresVersions{*first, *last};
}

namespace {
class ConfigReader {
public:
  ConfigReader(const SourceFile &file, std::span<const Rule *const> rules, ConfigReading &reading)
      : rules_(rules), folder_(parentPath(file.path)), reading_(reading),
        settings_(reading.settings) {}

  void readRoot(const YamlNode &node) {
    static constexpr std::array<Key<Settings>, 12> keys{{
        {"histories", &ConfigReader::readHistories},
        {"framework", &ConfigReader::readFramework<Settings>},
        {"execution", &ConfigReader::readExecution<Settings>},
        {"postgres", &ConfigReader::readPostgres<Settings>},
        {"select", &ConfigReader::readSelect},
        {"extend_select", &ConfigReader::readExtendSelect},
        {"ignore", &ConfigReader::readIgnore},
        {"severity", &ConfigReader::readSeverity},
        {"fail_on", &ConfigReader::readFailOn},
        {"exclude", &ConfigReader::readExclude},
        {"since", &ConfigReader::readSince},
        {"session", &ConfigReader::readSession},
    }};
    readKeys<Settings>(node, settings_, keys);
  }

private:
  /// A key and what reads its value into a Target.
  template <class Target> struct Key {
    std::string_view name;
    void (ConfigReader::*read)(const YamlNode &, Target &) = nullptr;
  };

  void problem(Range where, std::string message) {
    reading_.problems.push_back({where, std::move(message)});
  }

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

  /// The scalar's text, or null after saying what was expected.
  const std::string *scalar(const YamlNode &node, std::string_view expected) {
    if (node.kind == YamlNode::Kind::scalar)
      return &node.scalar;
    problem(node.where, "expected " + std::string(expected));
    return nullptr;
  }

  /// The items of a list; a single word is a list of one.
  std::vector<const YamlNode *> words(const YamlNode &node, std::string_view expected) {
    std::vector<const YamlNode *> list;
    if (node.kind == YamlNode::Kind::sequence) {
      for (const YamlNode &item : node.items)
        if (scalar(item, expected))
          list.push_back(&item);
    } else if (node.kind != YamlNode::Kind::null &&
               scalar(node, "a list of " + std::string(expected))) {
      list.push_back(&node);
    }
    return list;
  }

  void readHistories(const YamlNode &node, Settings &) {
    if (node.kind != YamlNode::Kind::sequence) {
      problem(node.where, "expected a list of histories, each with a path");
      return;
    }
    static constexpr std::array<Key<HistorySettings>, 6> keys{{
        {"path", &ConfigReader::readPath},
        {"framework", &ConfigReader::readFramework<HistorySettings>},
        {"execution", &ConfigReader::readExecution<HistorySettings>},
        {"base_schema", &ConfigReader::readBaseSchema},
        {"postgres", &ConfigReader::readPostgres<HistorySettings>},
        {"runner", &ConfigReader::readRunner},
    }};
    for (const YamlNode &item : node.items) {
      HistorySettings history;
      readKeys<HistorySettings>(item, history, keys);
      if (history.path.empty() && item.kind == YamlNode::Kind::mapping)
        problem(item.where, "a history needs a path");
      if (!history.runner.empty() && history.framework.empty())
        history.framework = "custom";
      settings_.histories.push_back(std::move(history));
    }
  }

  /// Paths are relative to the configuration's folder.
  std::string pathOf(const std::string &written) const {
    return written.starts_with('/') ? displayPath(written) : normalPath(joinPath(folder_, written));
  }
  void readPath(const YamlNode &node, HistorySettings &history) {
    if (const std::string *text = scalar(node, "a folder or file"))
      history.path = pathOf(*text);
  }
  void readBaseSchema(const YamlNode &node, HistorySettings &history) {
    if (const std::string *text = scalar(node, "the path of a schema dump"))
      history.base_schema = pathOf(*text);
  }
  /// A home-made runner; see history/formats/custom.cpp.
  void readRunner(const YamlNode &node, HistorySettings &history) {
    static constexpr std::array<std::string_view, 6> known{
        "files", "down_files", "up", "down", "no_transaction", "no_transaction_execution"};
    if (node.kind != YamlNode::Kind::mapping) {
      problem(node.where, "expected keys with values");
      return;
    }
    for (const YamlEntry &entry : node.entries) {
      if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
        problem(entry.key_where, unknownWord("key", entry.key, known));
        continue;
      }
      const std::string *text = scalar(entry.value, "a pattern or the beginning of a line");
      if (!text)
        continue;
      if (entry.key == "no_transaction_execution" && !executionModelNamed(*text))
        problem(entry.value.where, unknownWord("execution model", *text, execution_names));
      history.runner.emplace_back(entry.key, *text);
    }
  }
  template <class Target> void readFramework(const YamlNode &node, Target &target) {
    const std::string *text = scalar(node, "a framework's name");
    if (!text)
      return;
    std::vector<std::string_view> known = frameworkNames();
    if (std::find(known.begin(), known.end(), *text) == known.end())
      problem(node.where, unknownWord("framework", *text, known));
    target.framework = *text;
  }
  template <class Target> void readExecution(const YamlNode &node, Target &target) {
    const std::string *text = scalar(node, "an execution model");
    if (!text)
      return;
    target.execution = executionModelNamed(*text);
    if (!target.execution)
      problem(node.where, unknownWord("execution model", *text, execution_names));
  }
  template <class Target> void readPostgres(const YamlNode &node, Target &target) {
    const std::string *text = scalar(node, "a version such as 15, or 14..17");
    if (!text)
      return;
    if (auto versions = postgresVersionsNamed(*text))
      target.postgres = *versions;
    else
      problem(node.where,
              format("'{}' is no version that lockstep knows: 14 to 18, or a range such "
                     "as 14..17",
                     *text));
  }

  void readRuleWords(const YamlNode &node, std::vector<std::string> &target) {
    for (const YamlNode *word : words(node, "rules, categories or presets")) {
      target.push_back(word->scalar);
      checkRuleWord(word->scalar, word->where);
    }
  }
  void checkRuleWord(const std::string &word, Range where) {
    SelectionRequest request;
    request.select = {word};
    if (Result<Selection> selection = Selection::make(rules_, request); !selection)
      problem(where, selection.error().message);
  }
  void readSelect(const YamlNode &node, Settings &settings) {
    readRuleWords(node, settings.selection.select);
  }
  void readExtendSelect(const YamlNode &node, Settings &settings) {
    readRuleWords(node, settings.selection.extend_select);
  }
  void readIgnore(const YamlNode &node, Settings &settings) {
    readRuleWords(node, settings.selection.ignore);
  }

  void readSeverity(const YamlNode &node, Settings &settings) {
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
        settings.selection.severities.emplace_back(entry.key, *severity);
      else
        problem(entry.value.where, unknownWord("severity", *text, severity_names));
    }
  }

  void readFailOn(const YamlNode &node, Settings &settings) {
    const std::string *text = scalar(node, "a severity, or never");
    if (!text)
      return;
    if (auto severity = failOnNamed(*text))
      settings.fail_on = *severity;
    else
      problem(node.where, unknownWord("severity", *text, fail_on_names));
  }

  /// A pattern with a slash inside is anchored at the configuration's folder.
  void readExclude(const YamlNode &node, Settings &settings) {
    for (const YamlNode *word : words(node, "path patterns")) {
      std::string_view pattern = word->scalar;
      size_t slash = pattern.find('/');
      bool anchored = slash != std::string_view::npos && slash + 1 < pattern.size();
      if (anchored)
        pattern.remove_prefix(pattern.starts_with('/') ? 1 : 0);
      settings.exclude.push_back(anchored ? joinPath(folder_, pattern) : std::string(pattern));
    }
  }

  void readSince(const YamlNode &node, Settings &settings) {
    const std::string *text = scalar(node, "a revision, such as origin/main");
    if (text && !text->empty())
      settings.since = GitRevision{*text, folder_};
  }

  void readSession(const YamlNode &node, Settings &settings) {
    static constexpr std::array<Key<Settings>, 1> keys{{
        {"timezone", &ConfigReader::readTimeZone},
    }};
    readKeys<Settings>(node, settings, keys);
  }
  void readTimeZone(const YamlNode &node, Settings &settings) {
    if (const std::string *text = scalar(node, "a time zone's name"))
      settings.time_zone = *text;
  }

  std::span<const Rule *const> rules_;
  std::string folder_;
  ConfigReading &reading_;
  Settings &settings_;
};
} // namespace

ConfigReading readConfig(const SourceFile &file, std::span<const Rule *const> rules) {
  ConfigReading reading;
  reading.settings.config_file = file.path;
  YamlNode root = parseYaml(file.text, reading.problems);
  if (reading.problems.empty())
    ConfigReader(file, rules, reading).readRoot(root);
  std::stable_sort(
      reading.problems.begin(), reading.problems.end(),
      [](const ConfigProblem &a, const ConfigProblem &b) { return a.where < b.where; });
  return reading;
}

} // namespace lockstep
