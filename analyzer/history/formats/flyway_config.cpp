#include "history/formats/flyway_config.hpp"

#include "history/reading/placeholders.hpp"
#include "history/reading/psql_input.hpp"
#include "history/reading/scan.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>
#include <array>

namespace lockstep::history {

Folder::ProjectFile flywayConfigFile(const Folder &folder) {
  for (std::string_view name : {"flyway.toml", "flyway.conf", "conf/flyway.conf"})
    if (auto file = folder.projectFile(name))
      return file;
  return {};
}

/// The value in flyway.conf ("flyway.key = v") or flyway.toml ("key = v" below [flyway]).
static std::string_view flywayValue(std::string_view text, std::string_view key) {
  std::string_view value = configValue(text, "flyway." + std::string(key));
  if (value.empty())
    value = configValue(text, key);
  // [flyway.postgresql.transactional] lock = …
  if (size_t dot = key.rfind('.'); value.empty() && dot != std::string_view::npos) {
    size_t table = text.find("[flyway." + std::string(key.substr(0, dot)) + "]");
    if (table != std::string_view::npos)
      value = configValue(text.substr(table), key.substr(dot + 1));
  }
  // A list of suffixes: the first.
  if (value.starts_with('['))
    value = trim(value.substr(1, value.find_first_of(",]") - 1));
  if (value.size() >= 2 && value.starts_with('"'))
    value = value.substr(1, value.find('"', 1) - 1);
  return value;
}

FlywayConfig flywayConfig(const Folder &folder, History &history) {
  Folder::ProjectFile file = flywayConfigFile(folder);
  if (file)
    history.settings.emplace_back("config", file.path);
  FlywayConfig config;
  auto set = [&](std::string &to, std::string_view key) {
    if (std::string_view value = history.setting(key); !value.empty())
      to = value;
    else if (std::string_view from_file = flywayValue(file.text, key); !from_file.empty())
      to = from_file;
  };
  set(config.versioned, "sqlMigrationPrefix");
  set(config.repeatable, "repeatableSqlMigrationPrefix");
  set(config.undo, "undoSqlMigrationPrefix");
  set(config.baseline, "baselineMigrationPrefix");
  set(config.separator, "sqlMigrationSeparator");
  set(config.suffix, "sqlMigrationSuffixes");
  std::string group;
  set(group, "group");
  config.group = group == "true";
  for (std::string_view key : {"placeholderPrefix", "placeholderSuffix", "placeholderReplacement",
                               "mixed", "postgresql.transactional.lock"}) {
    std::string value;
    set(value, key);
    if (!value.empty() && history.setting(key).empty())
      history.settings.emplace_back(key, value);
  }
  return config;
}

namespace {
/// A statement by its first words, in upper case.
struct Head {
  Range range;
  std::array<std::string_view, 5> words;
};
} // namespace

static bool isWord(std::string_view word, std::string_view expected) {
  return equalsIgnoringCase(word, expected);
}

/// What Flyway's PostgreSQLParser recognises as unfit for a transaction
/// (detectCanExecuteInTransaction).
static bool refusesTransaction(const Head &head) {
  const auto &w = head.words;
  auto isAny = [&](std::string_view word, std::initializer_list<std::string_view> list) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view expected) { return isWord(word, expected); });
  };
  if (isAny(w[0], {"CREATE", "DROP"})) {
    if (isAny(w[1], {"DATABASE", "TABLESPACE", "SUBSCRIPTION"}))
      return true;
    size_t index = isWord(w[1], "UNIQUE") ? 2 : 1;
    return isWord(w[index], "INDEX") && isWord(w[index + 1], "CONCURRENTLY");
  }
  if (isWord(w[0], "REINDEX"))
    return isAny(w[isWord(w[1], "VERBOSE") ? 2 : 1], {"SCHEMA", "DATABASE", "SYSTEM"});
  return isWord(w[0], "VACUUM") || (isWord(w[0], "ALTER") && isWord(w[1], "SYSTEM")) ||
         (isWord(w[0], "DISCARD") && isWord(w[1], "ALL"));
}

static bool isConcurrentIndex(const Head &head) {
  return std::any_of(head.words.begin(), head.words.end(),
                     [](std::string_view word) { return isWord(word, "CONCURRENTLY"); }) &&
         !isWord(head.words[0], "DROP");
}

static std::vector<Head> headsOf(std::string_view text) {
  std::vector<Head> heads;
  Lexer lexer(text);
  size_t words = 0;
  bool inside = false;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.isComment())
      continue;
    if (token.kind == TokenKind::semicolon) {
      inside = false;
      continue;
    }
    if (!inside) {
      heads.push_back({});
      heads.back().range.begin = token.begin;
      words = 0;
      inside = true;
    }
    Head &head = heads.back();
    head.range.end = token.end();
    if (words < head.words.size())
      head.words[words++] = slice(text, token.range());
  }
  return heads;
}

/// Flyway waits for itself, whether it or a sidecar file says that no transaction is opened.
static void findDeadlock(const History &history, const std::vector<Head> &heads,
                         FileLayout &layout) {
  auto index = std::find_if(heads.begin(), heads.end(), isConcurrentIndex);
  if (index != heads.end() && !history.setting("config").empty() &&
      history.setting("postgresql.transactional.lock") != "false")
    layout.problems.push_back(
        {index->range, "waits forever for Flyway's own lock, which Flyway holds in a transaction",
         "set flyway.postgresql.transactional.lock=false"});
}

static void chooseModel(const History &history, const std::vector<Head> &heads,
                        FileLayout &layout) {
  auto first = std::find_if(heads.begin(), heads.end(), refusesTransaction);
  if (first == heads.end())
    return;
  Unit &unit = layout.units.front();
  unit.model = ExecutionModel::autocommit;
  unit.model_reason = "Flyway runs a file with such statements without a transaction";
  auto other = std::find_if_not(heads.begin(), heads.end(), refusesTransaction);
  if (other != heads.end() && history.setting("mixed") != "true")
    layout.problems.push_back(
        {first->range, "Flyway refuses a file that mixes this with transactional statements",
         "move it to a file of its own, or set flyway.mixed=true"});
  else
    findDeadlock(history, heads, layout);
}

/// ${flyway:defaultSchema} names the schema that unqualified names resolve to as well.
static std::vector<Range> withoutDefaultSchema(std::string_view text, std::vector<Range> places,
                                               FileLayout &layout) {
  std::erase_if(places, [&](Range place) {
    bool is_default = equalsIgnoringCase(slice(text, place), "${flyway:defaultSchema}") &&
                      place.end < text.size() && text[place.end] == '.';
    if (is_default)
      layout.masks.push_back({{place.begin, place.end + 1}, ""});
    return is_default;
  });
  return places;
}

FileLayout flywayLayout(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  layout.units.push_back(wholeFile(history, file, text));
  maskPsqlInput(file, text, PsqlVariables::no, layout);
  layout.inclusions.clear(); // Flyway knows no meta-commands.
  if (history.setting("placeholderReplacement") != "false") {
    std::string_view open = history.setting("placeholderPrefix");
    std::string_view close = history.setting("placeholderSuffix");
    std::vector<Range> places =
        findPlaceholders(text, open.empty() ? "${" : open, close.empty() ? "}" : close);
    maskPlaceholders(text, withoutDefaultSchema(text, std::move(places), layout), layout);
  }
  std::vector<Head> heads = headsOf(text);
  if (!file.model)
    chooseModel(history, heads, layout);
  else if (*file.model != ExecutionModel::tx_file)
    findDeadlock(history, heads, layout);
  return layout;
}

} // namespace lockstep::history
