#include "base/text.hpp"
#include "config/config.hpp"

namespace lockstep::config {

/// A YAML scalar: quoted where it could be read as something else.
static std::string scalar(std::string_view text) {
  bool plain = !text.empty();
  for (char c : text) {
    bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    plain = plain && (is_word || std::string_view("/._-@+=~^").find(c) != std::string_view::npos);
  }
  if (plain && text.front() != '-' && text.front() != '@' && text.front() != '~')
    return std::string(text);
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      quoted += '\\';
    if (c == '\n')
      quoted += "\\n";
    else
      quoted += c;
  }
  return quoted + "\"";
}

static std::string list(const std::vector<std::string> &words) {
  std::vector<std::string> scalars;
  for (const std::string &word : words)
    scalars.push_back(scalar(word));
  return "[" + join(scalars, ", ") + "]";
}

namespace {
/// "{key: value, …}" of what is set.
class Mapping {
public:
  void add(std::string_view key, const std::string &value) {
    if (!value.empty())
      entries_.push_back(std::string(key) + ": " + value);
  }
  void addText(std::string_view key, const std::string &text) {
    add(key, text.empty() ? "" : scalar(text));
  }
  void addList(std::string_view key, const std::vector<std::string> &words) {
    add(key, words.empty() ? "" : list(words));
  }
  [[nodiscard]] std::string text() const { return "{" + join(entries_, ", ") + "}"; }

private:
  std::vector<std::string> entries_;
};
} // namespace

static std::string versions(const PostgresVersions &postgres) {
  std::string first = std::to_string(postgres.first);
  return postgres.first == postgres.last ? first : first + ".." + std::to_string(postgres.last);
}

static std::string severities(const std::vector<std::pair<std::string, Severity>> &given) {
  Mapping mapping;
  for (const auto &[word, severity] : given)
    mapping.add(word, std::string(name(severity)));
  return mapping.text();
}

/// "{rule: {option: 3}}".
static std::string options(const RuleOptions &given) {
  std::map<std::string_view, Mapping> by_rule;
  for (const auto &[key, value] : given.given())
    by_rule[key.first].add(key.second, std::to_string(value));
  Mapping mapping;
  for (const auto &[rule, values] : by_rule)
    mapping.add(rule, values.text());
  return mapping.text();
}

static std::string declaredTables(const TableSizes &sizes) {
  Mapping mapping;
  mapping.addList("large", sizes.declared(SizeClass::large));
  mapping.addList("small", sizes.declared(SizeClass::small));
  mapping.add("large_from", std::to_string(sizes.largeFrom()));
  mapping.add("small_below", std::to_string(sizes.smallBelow()));
  return mapping.text();
}

static std::string text(const HistorySettings &history) {
  Mapping mapping;
  mapping.addText("path", history.path);
  mapping.addText("framework", history.framework);
  if (history.execution)
    mapping.addText("execution", std::string(name(*history.execution)));
  mapping.addText("base_schema", history.base_schema);
  if (history.postgres)
    mapping.add("postgres", versions(*history.postgres));
  Mapping settings;
  for (const auto &[key, value] : history.settings)
    settings.addText(key, value);
  if (!history.settings.empty())
    mapping.add("settings", settings.text());
  if (history.tables) {
    mapping.addText("stats", history.tables->stats);
    mapping.add("tables", declaredTables(history.tables->sizes));
  }
  return mapping.text();
}

static std::string text(const PathOverride &override) {
  Mapping mapping;
  mapping.addList("paths", override.paths);
  mapping.addList("select", override.selection.select);
  mapping.addList("extend_select", override.selection.extend_select);
  mapping.addList("ignore", override.selection.ignore);
  if (!override.selection.severities.empty())
    mapping.add("severity", severities(override.selection.severities));
  return mapping.text();
}

static std::string text(const DeclaredSuppression &suppression) {
  Mapping mapping;
  mapping.addList("rules", suppression.rules);
  mapping.addText("path", suppression.path);
  mapping.addText("version", suppression.version);
  mapping.addText("statement", suppression.statement);
  mapping.addText("until", suppression.until);
  mapping.addText("reason", suppression.reason);
  return mapping.text();
}

template <class Items> static std::string texts(const Items &items) {
  std::vector<std::string> entries;
  for (const auto &item : items)
    entries.push_back(text(item));
  return "[" + join(entries, ", ") + "]";
}

static std::vector<std::string> both(std::vector<std::string> first,
                                     const std::vector<std::string> &second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::vector<ResolvedSetting> resolvedSettings(const Settings &settings) {
  std::vector<ResolvedSetting> resolved;
  auto add = [&](std::string_view key, std::string value) {
    auto origin = settings.origins.find(std::string(key));
    resolved.push_back({std::string(key), std::move(value),
                        origin == settings.origins.end() ? "default" : origin->second});
  };
  const SelectionRequest &base = settings.selection;
  const SelectionRequest &last = settings.final_selection;
  std::vector<std::string> select = last.select.empty() ? base.select : last.select;
  std::vector<std::pair<std::string, Severity>> given = base.severities;
  given.insert(given.end(), last.severities.begin(), last.severities.end());

  add("histories", texts(settings.histories));
  add("framework", settings.framework.empty() ? "null" : scalar(settings.framework));
  add("execution",
      settings.execution ? scalar(std::string(name(*settings.execution))) : std::string("null"));
  add("postgres", versions(settings.postgres));
  add("since", settings.since ? scalar(settings.since->name) : std::string("null"));
  add("select", list(select.empty() ? std::vector<std::string>{"recommended"} : select));
  add("extend_select", list(both(base.extend_select, last.extend_select)));
  add("ignore", list(both(base.ignore, last.ignore)));
  add("severity", severities(given));
  add("fail_on", settings.fail_on == Severity::off ? "never" : std::string(name(settings.fail_on)));
  add("overrides", texts(settings.overrides));
  add("suppressions", texts(settings.suppressions));
  add("baseline", settings.baseline.empty() ? "null" : scalar(settings.baseline));
  add("exclude", list(settings.exclude));
  Mapping session;
  for (const auto &[setting, value] : settings.session)
    session.addText(setting, value);
  add("session", session.text());
  add("options", options(settings.options));
  add("stats", settings.tables.stats.empty() ? "null" : scalar(settings.tables.stats));
  add("tables", declaredTables(settings.tables.sizes));
  return resolved;
}

} // namespace lockstep::config
