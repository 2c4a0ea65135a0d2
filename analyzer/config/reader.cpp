#include "config/reader.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "history/timeout.hpp"

#include <algorithm>
#include <array>

namespace lockstep::config {

ConfigReader::ConfigReader(size_t index, std::span<const Rule *const> rules, const FileReader &read,
                           ConfigReading &reading, std::vector<std::string> open)
    : index_(index), rules_(rules), read_(read), reading_(reading), settings_(reading.settings),
      open_(std::move(open)), path_(reading.files[index].path), folder_(parentPath(path_)) {
  open_.push_back(absolutePath(path_));
}

void ConfigReader::readFile() {
  std::vector<ConfigProblem> problems;
  YamlNode root = parseYaml(reading_.files[index_].text, problems);
  for (ConfigProblem &one : problems)
    problem(one.where, std::move(one.message));
  if (problems.empty())
    readRoot(root);
}

void ConfigReader::readRoot(const YamlNode &node) {
  static constexpr std::array<Key<Settings>, 19> keys{{
      {"extends", &ConfigReader::readNothing},
      {"histories", &ConfigReader::readHistories},
      {"framework", &ConfigReader::readFramework<Settings>},
      {"execution", &ConfigReader::readExecution<Settings>},
      {"postgres", &ConfigReader::readPostgres<Settings>},
      {"select", &ConfigReader::readSelect<Settings>},
      {"extend_select", &ConfigReader::readExtendSelect<Settings>},
      {"ignore", &ConfigReader::readIgnore<Settings>},
      {"severity", &ConfigReader::readSeverity<Settings>},
      {"fail_on", &ConfigReader::readFailOn},
      {"exclude", &ConfigReader::readExclude},
      {"since", &ConfigReader::readSince},
      {"baseline", &ConfigReader::readBaseline},
      {"overrides", &ConfigReader::readOverrides},
      {"suppressions", &ConfigReader::readSuppressions},
      {"session", &ConfigReader::readSession},
      {"options", &ConfigReader::readOptions},
      {"stats", &ConfigReader::readStats<Settings>},
      {"tables", &ConfigReader::readTables<Settings>},
  }};
  // What it extends comes before it, wherever the key stands.
  if (node.kind == YamlNode::Kind::mapping)
    for (const YamlEntry &entry : node.entries)
      if (entry.key == "extends")
        readExtends(entry.value);
  readKeys<Settings>(node, settings_, keys);
  if (node.kind == YamlNode::Kind::mapping)
    for (const YamlEntry &entry : node.entries)
      if (entry.value.kind != YamlNode::Kind::null)
        settings_.origins[entry.key] = placeOf(entry.key_where);
}

void ConfigReader::readExtends(const YamlNode &node) {
  for (const YamlNode *word : words(node, "paths of configurations"))
    extendBy(*word);
}

// A file may be extended by two ways, and is read by each: the number of ways is what is bounded.
static constexpr size_t most_files = 100;
static constexpr size_t most_bytes = size_t{4} << 20;
static constexpr size_t deepest = 20;

void ConfigReader::extendBy(const YamlNode &word) {
  std::string path = pathOf(word.scalar);
  if (std::find(open_.begin(), open_.end(), absolutePath(path)) != open_.end()) {
    problem(word.where, format("'{}' extends itself", word.scalar));
    return;
  }
  size_t bytes = 0;
  for (const SourceFile &file : reading_.files)
    bytes += file.text.size();
  if (reading_.files.size() > most_files || bytes > most_bytes || open_.size() > deepest) {
    problem(
        word.where,
        format("'{}' is skipped: a configuration may extend at most {} files and {} MB, nested at "
               "most {} deep",
               word.scalar, std::to_string(most_files), std::to_string(most_bytes >> 20),
               std::to_string(deepest)));
    return;
  }
  Result<std::string> text = read_(path);
  if (!text) {
    problem(word.where, text.error().message);
    return;
  }
  reading_.files.push_back({path, std::move(*text)});
  ConfigReader(reading_.files.size() - 1, rules_, read_, reading_, open_).readFile();
}

void ConfigReader::problem(Range where, std::string message) {
  reading_.problems.push_back({where, std::move(message), index_});
}

std::string ConfigReader::placeOf(Range where) {
  if (!lines_)
    lines_.emplace(reading_.files[index_].text);
  return path_ + ":" + std::to_string(lines_->lineOf(where.begin));
}

const std::string *ConfigReader::scalar(const YamlNode &node, std::string_view expected) {
  if (node.kind == YamlNode::Kind::scalar)
    return &node.scalar;
  problem(node.where, "expected " + std::string(expected));
  return nullptr;
}

std::vector<const YamlNode *> ConfigReader::words(const YamlNode &node, std::string_view expected) {
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

std::string ConfigReader::pathOf(const std::string &written) const {
  return written.starts_with('/') ? displayPath(written) : normalPath(joinPath(folder_, written));
}

std::string ConfigReader::patternOf(std::string_view written) const {
  size_t slash = written.find('/');
  bool anchored = slash != std::string_view::npos && slash + 1 < written.size();
  if (!anchored)
    return std::string(written);
  written.remove_prefix(written.starts_with('/') ? 1 : 0);
  return joinPath(folder_, written);
}

void ConfigReader::readHistories(const YamlNode &node, Settings &settings) {
  static constexpr std::array<Key<HistorySettings>, 9> keys{{
      {"path", &ConfigReader::readPath},
      {"framework", &ConfigReader::readFramework<HistorySettings>},
      {"execution", &ConfigReader::readExecution<HistorySettings>},
      {"base_schema", &ConfigReader::readBaseSchema},
      {"postgres", &ConfigReader::readPostgres<HistorySettings>},
      {"settings", &ConfigReader::readFrameworkSettings},
      {"runner", &ConfigReader::readRunner},
      {"stats", &ConfigReader::readStats<HistorySettings>},
      {"tables", &ConfigReader::readTables<HistorySettings>},
  }};
  settings.histories = readItems<HistorySettings>(node, "histories, each with a path", keys);
  for (size_t i = 0; i < settings.histories.size(); ++i)
    if (settings.histories[i].path.empty() && node.items[i].kind == YamlNode::Kind::mapping)
      problem(node.items[i].where, "a history needs a path");
}

void ConfigReader::readPath(const YamlNode &node, HistorySettings &history) {
  if (const std::string *text = scalar(node, "a folder or file"))
    history.path = pathOf(*text);
}

void ConfigReader::readBaseSchema(const YamlNode &node, HistorySettings &history) {
  if (const std::string *text = scalar(node, "the path of a schema dump"))
    history.base_schema = pathOf(*text);
}

void ConfigReader::readFrameworkSettings(const YamlNode &node, HistorySettings &history) {
  if (node.kind != YamlNode::Kind::mapping && node.kind != YamlNode::Kind::null) {
    problem(node.where, "expected the framework's settings with their values");
    return;
  }
  for (const YamlEntry &entry : node.entries)
    if (const std::string *text = scalar(entry.value, "a value"))
      history.settings.emplace_back(entry.key, *text);
}

/// A home-made runner; see history/formats/custom.cpp.
void ConfigReader::readRunner(const YamlNode &node, HistorySettings &history) {
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
      problem(entry.value.where, unknownWord("execution model", *text, executionNames()));
    history.settings.emplace_back(entry.key, *text);
  }
  if (history.framework.empty())
    history.framework = "custom";
}

template <class Target> void ConfigReader::readFramework(const YamlNode &node, Target &target) {
  const std::string *text = scalar(node, "a framework's name");
  if (!text)
    return;
  std::vector<std::string_view> known = frameworkNames();
  if (std::find(known.begin(), known.end(), *text) == known.end())
    problem(node.where, unknownWord("framework", *text, known));
  target.framework = *text;
}

template <class Target> void ConfigReader::readExecution(const YamlNode &node, Target &target) {
  const std::string *text = scalar(node, "an execution model");
  if (!text)
    return;
  target.execution = executionModelNamed(*text);
  if (!target.execution)
    problem(node.where, unknownWord("execution model", *text, executionNames()));
}

template <class Target> void ConfigReader::readPostgres(const YamlNode &node, Target &target) {
  const std::string *text =
      scalar(node, format("a version such as {}, or {}", std::to_string(default_postgres),
                          examplePostgresRange()));
  if (!text)
    return;
  if (auto versions = postgresVersionsNamed(*text))
    target.postgres = *versions;
  else
    problem(node.where, format("'{}' is no version that lockstep knows: {}, or a range such as {}",
                               *text, knownPostgres(), examplePostgresRange()));
}

void ConfigReader::readExclude(const YamlNode &node, Settings &settings) {
  for (const YamlNode *word : words(node, "path patterns"))
    settings.exclude.push_back(patternOf(word->scalar));
}

void ConfigReader::readSince(const YamlNode &node, Settings &settings) {
  const std::string *text = scalar(node, "a revision, such as origin/main");
  if (text && !text->empty())
    settings.since = GitRevision{*text, folder_};
}

void ConfigReader::readBaseline(const YamlNode &node, Settings &settings) {
  const std::string *text = scalar(node, "the path of a baseline");
  if (text && !text->empty())
    settings.baseline = pathOf(*text);
}

void ConfigReader::readSession(const YamlNode &node, Settings &settings) {
  static constexpr std::array<std::string_view, 5> known{
      "timezone", "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout",
      "search_path"};
  if (node.kind == YamlNode::Kind::null)
    return;
  if (node.kind != YamlNode::Kind::mapping) {
    problem(node.where, "expected settings with their values");
    return;
  }
  for (const YamlEntry &entry : node.entries) {
    if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
      problem(entry.key_where, unknownWord("setting", entry.key, known));
      continue;
    }
    const std::string *text = scalar(entry.value, "a value as SET takes it");
    if (!text)
      continue;
    if (entry.key.ends_with("timeout") && !timeoutMilliseconds(*text))
      problem(entry.value.where, format("'{}' is no time such as 5s, 500ms or 1min", *text));
    settings.session[entry.key] = *text;
  }
}

} // namespace lockstep::config
