#include "engine/declared_suppression.hpp"

#include "engine/fingerprint.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::engine;

static void nothing(const Step &, Report &) {}
static constexpr Rule a{.id = "a",
                        .category = Category::locking,
                        .severity = Severity::error,
                        .checks = {on<&nothing>}};
static const Rule *const rules[] = {&a};

namespace {
struct Run {
  std::vector<Finding> findings;
  SourceTexts sources;
  std::vector<Notice> notices;

  explicit Run(const DeclaredSuppression &declared, std::string_view today = "2026-06-15",
               bool all = true) {
    sources["db/1.sql"] = std::make_shared<SourceFile>(SourceFile{"db/1.sql", "DROP TABLE x;"});
    Finding &finding = findings.emplace_back();
    finding.rule = "a";
    finding.file = "db/1.sql";
    finding.migration = "0001";
    finding.statement = {0, 12};
    RepositoryPaths paths;
    hashStatements(findings, sources, paths);
    makeFingerprints(findings);
    Result<Selection> selection = Selection::make(rules, {});
    std::vector<std::string> checked{"db/1.sql"};
    notices = applySuppressions(std::vector<DeclaredSuppression>{declared}, today,
                                FileSelections(std::move(*selection)), checked, all, findings);
  }
  [[nodiscard]] bool suppressed() const { return findings[0].suppressed.has_value(); }
};
} // namespace

TEST_CASE("every restriction has to hold") {
  CHECK(Run({.rules = {"a"}, .path = "db/*.sql"}).suppressed());
  CHECK(Run({.rules = {"locking"}, .version = "0001"}).suppressed());
  CHECK_FALSE(Run({.rules = {"a"}, .path = "db/*.sql", .version = "0002"}).suppressed());
  std::vector<Finding> same(1);
  same[0].file = "x";
  same[0].statement = {0, 13};
  RepositoryPaths paths;
  hashStatements(
      same, {{"x", std::make_shared<SourceFile>(SourceFile{"x", "drop  table X -- a comment"})}},
      paths);
  std::string hash = statementHash(same[0]);
  CHECK(Run({.rules = {"a"}, .statement = hash}).suppressed());
  CHECK_FALSE(Run({.rules = {"a"}, .statement = "0000000000000000"}).suppressed());
}

TEST_CASE("one that ended says so and covers no more") {
  Run last_day({.rules = {"a"}, .version = "0001", .until = "2026-06-15"});
  CHECK(last_day.suppressed());
  Run over({.rules = {"a"}, .version = "0001", .until = "2026-06-14"});
  CHECK_FALSE(over.suppressed());
  REQUIRE(over.notices.size() == 1);
  CHECK(over.notices[0].message.find("ended on 2026-06-14") != std::string::npos);
}

TEST_CASE("one that covers nothing says so where it could have") {
  CHECK(Run({.rules = {"a"}, .path = "db/*", .version = "2"}).notices.size() == 1);
  CHECK(Run({.rules = {"a"}, .path = "other/*"}, "", false).notices.empty());
  CHECK(Run({.rules = {"a"}, .version = "2"}, "", false).notices.empty());
  CHECK(Run({.rules = {"a"}, .version = "2"}, "", true).notices.size() == 1);
}

TEST_CASE("days of the calendar") {
  CHECK(isDay("2026-12-31"));
  CHECK(isDay("2024-02-29"));
  for (const char *no : {"2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31",
                         "2026-1-1", "26-01-01", "2026/01/01", "soon", "", "2O26-01-01"})
    CHECK_FALSE(isDay(no));
}
