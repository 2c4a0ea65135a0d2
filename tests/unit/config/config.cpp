// .lockstep.yaml, and that its JSON schema says the same.
#include "config/config.hpp"

#include "support/json_schema.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

using namespace lockstep::config;
namespace test = lockstep::test;
using nlohmann::json;

static void nothing(const Step &, Report &) {}
static constexpr Rule drop_column{.id = "drop-column",
                                  .category = Category::compatibility,
                                  .severity = Severity::error,
                                  .checks = {on<&nothing>}};
static constexpr RuleOption numbers[] = {
    {.name = "migrations", .value = 3, .least = 1, .meaning = "migrations to wait"}};
static constexpr Rule left_behind{
    .id = "unvalidated-constraint-left-behind", .options = numbers, .checks = {on<&nothing>}};
static const Rule *const rules[] = {&drop_column, &left_behind};

static ConfigReading reading(const std::string &text) {
  return readConfig({"db/.lockstep.yaml", text}, rules, [](const std::string &path) {
    if (path == "shared.yaml")
      return Result<std::string>("select: [all]\nignore: [drop-column]\npostgres: 14\n");
    if (path == "db/sizes.json")
      return Result<std::string>("[{\"relation\": \"public.orders\", \"rows\": 700}]");
    if (path == "db/loop.yaml")
      return Result<std::string>("extends: .lockstep.yaml\n");
    if (path == "db/bad.yaml")
      return Result<std::string>("postgres: 14\nselct: [all]\n");
    return Result<std::string>(Error{"cannot read " + path});
  });
}

/// "line: message" of each problem.
static std::vector<std::string> problems(const std::string &text) {
  ConfigReading read = reading(text);
  std::vector<std::string> list;
  for (const ConfigProblem &problem : read.problems) {
    const std::string &source = read.files[problem.file].text;
    auto line = 1 + std::count(source.begin(), source.begin() + problem.where.begin, '\n');
    list.push_back(std::to_string(line) + ": " + problem.message);
  }
  return list;
}

TEST_CASE("all keys are read") {
  ConfigReading read = reading(R"(
postgres: 14..17
framework: goose
execution: tx-file
since: origin/main
baseline: accepted.json
select: strict
extend_select: [drop-column]
ignore: [hygiene]
severity: {drop-column: warning}
fail_on: warning
exclude: [seed/*.sql, old.sql]
session: {timezone: UTC, lock_timeout: 5s}
options: {unvalidated-constraint-left-behind: {migrations: 7}}
stats: sizes.json
tables: {large: orders, small: [countries], small_below: 500}
histories:
  - path: migrations
    framework: flyway
    execution: autocommit
    base_schema: base.sql
    postgres: 16
    settings: {placeholderPrefix: "#{"}
overrides:
  - paths: legacy/**
    ignore: [drop-column]
    severity: {locking: info}
suppressions:
  - rule: drop-column
    path: migrations/1_*.sql
    version: "0042"
    statement: 0123456789abcdef
    reason: nobody reads it
    until: 2030-01-31
)");
  CHECK(read.problems.empty());
  const Settings &settings = read.settings;
  CHECK(settings.postgres.first == 14);
  CHECK(settings.since->name == "origin/main");
  CHECK(settings.since->folder == "db");
  CHECK(settings.baseline == "db/accepted.json");
  CHECK(settings.exclude == std::vector<std::string>{"db/seed/*.sql", "old.sql"});
  REQUIRE(settings.histories.size() == 1);
  CHECK(settings.histories[0].path == "db/migrations");
  CHECK(settings.histories[0].settings[0].second == "#{");
  REQUIRE(settings.overrides.size() == 1);
  CHECK(settings.overrides[0].paths == std::vector<std::string>{"db/legacy/**"});
  CHECK(settings.overrides[0].selection.severities.size() == 1);
  REQUIRE(settings.suppressions.size() == 1);
  CHECK(settings.suppressions[0].path == "db/migrations/1_*.sql");
  CHECK(settings.suppressions[0].until == "2030-01-31");
  CHECK(settings.session.at("lock_timeout") == "5s");
  CHECK(settings.options.of(left_behind, numbers[0]) == 7);
  CHECK(settings.tables.stats == "db/sizes.json");
  CHECK(settings.tables.sizes.of("public.countries") == SizeClass::small);
  CHECK(settings.tables.sizes.of("public.orders") == SizeClass::large);
  CHECK(settings.tables.sizes.smallBelow() == 500);
  CHECK(settings.origins.at("since") == "db/.lockstep.yaml:5");
}

TEST_CASE("mistakes say where they are and what is meant") {
  using List = std::vector<std::string>;
  CHECK(problems("postgres: 15\nselct: [all]\n") ==
        List{"2: unknown key 'selct'; did you mean 'select'?"});
  CHECK(problems("select: [drop-colum]\n") ==
        List{"1: unknown rule 'drop-colum'; did you mean 'drop-column'?"});
  CHECK(problems("execution: tx-fil\n") ==
        List{"1: unknown execution model 'tx-fil'; did you mean 'tx-file'?"});
  CHECK(problems("fail_on: sometimes\n").size() == 1);
  CHECK(problems("overrides:\n  - ignore: [drop-column]\n") == List{"2: an override needs paths"});
  CHECK(problems("overrides:\n  - paths: x\n    ignroe: [drop-column]\n") ==
        List{"3: unknown key 'ignroe'; did you mean 'ignore'?"});
  CHECK(problems("suppressions:\n  - rule: drop-column\n")[0].find("needs a path, a version") !=
        std::string::npos);
  CHECK(problems("suppressions:\n  - {path: x}\n") == List{"2: a suppression needs a rule"});
  CHECK(problems("suppressions:\n  - {rule: drop-column, path: x, until: soon}\n") ==
        List{"2: 'soon' is no day such as 2026-12-31"});
  CHECK(problems("suppressions:\n  - {rule: drop-column, statement: abc}\n").size() == 1);
  CHECK(problems("session: {lock_timeout: soon}\n") ==
        List{"1: 'soon' is no time such as 5s, 500ms or 1min"});
  CHECK(problems("options: {drop-column: {rows: 1}}\n") ==
        List{"1: rule 'drop-column' has no options"});
  CHECK(problems("options: {unvalidated-constraint-left-behind: {migrations: 0}}\n") ==
        List{"1: '0' is no number of migrations; at least 1 is wanted"});
  CHECK(problems("histories: db\n") == List{"1: expected a list of histories, each with a path"});
}

TEST_CASE("a configuration extends others") {
  ConfigReading read = reading("postgres: 16\nextends: ../shared.yaml\n");
  CHECK(read.problems.empty());
  CHECK(read.settings.postgres.first == 16);
  CHECK(read.settings.selection.select == std::vector<std::string>{"all"});
  CHECK(read.settings.origins.at("select") == "shared.yaml:1");
  CHECK(read.settings.origins.at("postgres") == "db/.lockstep.yaml:1");
  CHECK(reading("extends: [../shared.yaml]\nselect: [strict]\n").settings.selection.select ==
        std::vector<std::string>{"strict"});
  SECTION("not in a circle, nor one that is not there") {
    CHECK(problems("extends: .lockstep.yaml\n") ==
          std::vector<std::string>{"1: '.lockstep.yaml' extends itself"});
    CHECK(problems("extends: loop.yaml\n") ==
          std::vector<std::string>{"1: '.lockstep.yaml' extends itself"});
    CHECK(problems("extends: gone.yaml\n") ==
          std::vector<std::string>{"1: cannot read db/gone.yaml"});
  }
  SECTION("its mistakes are shown in it") {
    ConfigReading bad = reading("extends: bad.yaml\n");
    REQUIRE(bad.problems.size() == 1);
    CHECK(bad.files[bad.problems[0].file].path == "db/bad.yaml");
  }
}

TEST_CASE("settings are told as the configuration would write them") {
  ConfigReading read = reading("since: origin/main\nsuppressions:\n  - rule: drop-column\n"
                               "    version: '1'\n    reason: 'it''s old'\n");
  std::string all;
  for (const ResolvedSetting &setting : resolvedSettings(read.settings))
    all += setting.key + ": " + setting.value + "\n";
  CHECK(all.find("since: origin/main\n") != std::string::npos);
  CHECK(all.find("suppressions: [{rules: [drop-column], version: 1, reason: \"it's old\"}]\n") !=
        std::string::npos);
}

/// Every key of the parser, as its own complaint lists them.
static std::vector<std::string> keysAfter(const std::string &text) {
  std::vector<std::string> found = problems(text);
  REQUIRE(found.size() >= 1);
  size_t at = found[0].find("known are ");
  REQUIRE(at != std::string::npos);
  std::vector<std::string> keys;
  std::string word;
  for (char c : found[0].substr(at + 10) + ",") {
    if (c == ',')
      keys.push_back(std::exchange(word, ""));
    else if (c != ' ')
      word += c;
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

static std::vector<std::string> keysOf(const json &object) {
  std::vector<std::string> keys;
  for (const auto &[key, value] : object.at("properties").items())
    keys.push_back(key);
  return keys;
}

TEST_CASE("the JSON schema knows the keys that the parser knows") {
  json schema = json::parse(test::readFile("schemas/config.schema.json"), nullptr, false);
  REQUIRE(schema.is_object());
  const json &properties = schema["properties"];
  CHECK(keysOf(schema) == keysAfter("zzzzzzzzzzzz: 1\n"));
  CHECK(keysOf(properties["histories"]["items"]) ==
        keysAfter("histories:\n  - {path: x, zzzzzzzzzzzz: 1}\n"));
  CHECK(keysOf(properties["overrides"]["items"]) ==
        keysAfter("overrides:\n  - {paths: x, zzzzzzzzzzzz: 1}\n"));
  CHECK(keysOf(properties["suppressions"]["items"]) ==
        keysAfter("suppressions:\n  - {rule: drop-column, path: x, zzzzzzzzzzzz: 1}\n"));
  CHECK(keysOf(properties["session"]) == keysAfter("session: {zzzzzzzzzzzz: 1}\n"));
}

TEST_CASE("what the parser takes and refuses, the JSON schema does") {
  auto isValid = [](const std::string &text) {
    return test::schemaFaults("schemas/config.schema.json", text).empty();
  };
  // JSON is YAML, too.
  for (const char *good :
       {R"({"postgres": 15, "select": "strict", "since": "main", "extends": ["../shared.yaml"]})",
        R"({"overrides": [{"paths": ["a"], "ignore": ["drop-column"]}]})",
        R"({"suppressions": [{"rule": "drop-column", "path": "a", "until": "2030-01-01"}]})",
        R"({"histories": [{"path": "a", "settings": {"x": "y"}}], "baseline": "b.json"})",
        R"({"options": {"unvalidated-constraint-left-behind": {"migrations": 7}}})",
        R"({"tables": {"large": "a", "small": ["b"], "large_from": 5, "small_below": 0}})",
        R"({"session": {"lock_timeout": "5s", "statement_timeout": 1000}})"}) {
    INFO(good);
    CHECK(problems(good).empty());
    CHECK(isValid(good));
  }
  for (const char *bad :
       {R"({"selct": []})", R"({"fail_on": "sometimes"})",
        R"({"overrides": [{"ignore": ["drop-column"]}]})", R"({"histories": "a"})",
        R"({"execution": "tx-fil"})", R"({"severity": {"drop-column": "fatal"}})",
        R"({"tables": {"large_from": 0}})", R"({"session": {"work_mem": "1GB"}})",
        R"({"options": {"unvalidated-constraint-left-behind": {"migrations": "many"}}})"}) {
    INFO(bad);
    CHECK_FALSE(problems(bad).empty());
    CHECK_FALSE(isValid(bad));
  }
}
