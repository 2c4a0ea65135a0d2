#include "engine/selection.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::engine;

static void nothing(const Step &, Report &) {}
static constexpr std::string_view aliases[] = {"squawk:ban-a"};
static constexpr Rule a{.id = "a",
                        .category = Category::locking,
                        .severity = Severity::error,
                        .aliases = aliases,
                        .checks = {on<&nothing>}};
static constexpr Rule b{.id = "b",
                        .category = Category::hygiene,
                        .severity = Severity::warning,
                        .preset = Preset::strict,
                        .checks = {on<&nothing>}};
static const Rule *const rules[] = {&a, &b};

static std::string severities(const Selection &selection) {
  return std::string(name(selection.severityOf(a))) + " " +
         std::string(name(selection.severityOf(b)));
}

static std::string selected(const SelectionRequest &request) {
  Result<Selection> selection = Selection::make(rules, request);
  return selection ? severities(*selection) : selection.error().message;
}

TEST_CASE("presets, categories, ids and aliases choose rules") {
  CHECK(selected({}) == "error off");
  CHECK(selected({.select = {"strict"}}) == "error warning");
  CHECK(selected({.select = {"hygiene"}}) == "off warning");
  CHECK(selected({.select = {"b"}}) == "off warning");
  CHECK(selected({.select = {"ban-a"}}) == "error off");
  CHECK(selected({.extend_select = {"b"}}) == "error warning");
  CHECK(selected({.select = {"all"}, .ignore = {"locking"}}) == "off warning");
  CHECK(selected({.select = {"recomended"}}) ==
        "unknown rule 'recomended'; did you mean 'recommended'?");
}

TEST_CASE("naming a rule's severity switches it on, a category's does not") {
  CHECK(selected({.severities = {{"b", Severity::info}}}) == "error info");
  CHECK(selected({.severities = {{"hygiene", Severity::info}}}) == "error off");
  CHECK(selected({.severities = {{"a", Severity::off}}}) == "off off");
}

TEST_CASE("a further request changes what it names") {
  Result<Selection> base =
      Selection::make(rules, {.severities = {{"a", Severity::warning}, {"b", Severity::off}}});
  REQUIRE(base);
  CHECK(severities(*base) == "warning off");
  CHECK(severities(*base->with({.select = {"all"}})) == "warning warning");
  CHECK(severities(*base->with({.ignore = {"a"}})) == "off off");
  CHECK(severities(*base->with({.severities = {{"locking", Severity::info}}})) == "info off");
}

TEST_CASE("overrides hold for their files, in their order, and the last word for all") {
  std::vector<PathOverride> overrides{
      {{"legacy/**"}, {.ignore = {"a"}}},
      {{"legacy/new/*.sql"}, {.extend_select = {"all"}}},
  };
  Result<FileSelections> selections = FileSelections::make(rules, {}, overrides, {});
  REQUIRE(selections);
  CHECK(severities(selections->of("db/1.sql")) == "error off");
  CHECK(severities(selections->of("legacy/1.sql")) == "off off");
  CHECK(severities(selections->of("legacy/new/1.sql")) == "error warning");
  CHECK(selections->runs(b));
  Result<FileSelections> overruled = FileSelections::make(rules, {}, overrides, {.select = {"b"}});
  REQUIRE(overruled);
  CHECK(severities(overruled->of("legacy/1.sql")) == "off warning");
  CHECK_FALSE(overruled->runs(a));
  CHECK_FALSE(
      FileSelections::make(rules, {}, std::vector<PathOverride>{{{"x"}, {.ignore = {"c"}}}}, {}));
}
