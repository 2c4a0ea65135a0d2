// lockstep baseline, and checks that know one.
#include "support/json_schema.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>

using namespace lockstep::test;
using nlohmann::json;

static const std::string breaking = "ALTER TABLE users DROP COLUMN name;\n";

namespace {
struct Project {
  TemporaryDirectory directory;
  Project() {
    directory.write(".git/HEAD", "ref: refs/heads/main\n");
    directory.write("db/1_a.sql", breaking);
    directory.write("db/2_b.sql", "TRUNCATE orders;\nTRUNCATE orders;\n");
  }
  [[nodiscard]] Outcome run(const std::vector<std::string> &arguments,
                            const std::string &folder = ".") const {
    return runLockstep(arguments, directory.path() / folder);
  }
  [[nodiscard]] json check(std::vector<std::string> arguments = {},
                           const std::string &folder = ".") const {
    arguments.insert(arguments.begin(), {"check", "--format", "json", "--fail-on", "never"});
    Outcome outcome = run(arguments, folder);
    INFO(outcome.err);
    CHECK(outcome.status == 0);
    return json::parse(outcome.out, nullptr, false);
  }
  [[nodiscard]] std::string baseline() const {
    return readFile(directory.path() / ".lockstep-baseline.json");
  }
};
} // namespace

TEST_CASE("a baseline sets today's findings aside") {
  Project project;
  CHECK(project.check()["findings"].size() == 3);
  Outcome created = project.run({"baseline", "create"});
  CHECK(created.status == 0);
  CHECK(created.out == ".lockstep-baseline.json: 3 findings, 3 added, 0 removed\n");
  json document = project.check();
  CHECK(document["findings"].empty());
  CHECK(document["summary"]["suppressed"] == 3);
  CHECK(project.check({"--show-suppressed"})["findings"][0]["suppressed"]["kind"] == "baseline");
  CHECK(project.check({"--baseline="})["findings"].size() == 3);

  SECTION("its entries are in order, one a line") {
    CHECK(schemaFaults("schemas/baseline.schema.json", project.baseline()) ==
          std::vector<std::string>{});
    json entries = json::parse(project.baseline(), nullptr, false);
    REQUIRE(entries["findings"].size() == 3);
    CHECK(entries["findings"][0]["file"] == "db/1_a.sql");
    CHECK(entries["findings"][1]["occurrence"] == 0);
    CHECK(entries["findings"][2]["occurrence"] == 1);
    CHECK(entries["findings"][1]["statement"] == entries["findings"][2]["statement"]);
    std::string first = project.baseline();
    CHECK(project.run({"baseline", "create", "--force"}).status == 0);
    CHECK(project.baseline() == first);
  }
  SECTION("from any folder") {
    CHECK(project.check({"."}, "db")["findings"].empty());
    CHECK(project.check({(project.directory.path() / "db").string()})["findings"].empty());
  }
  SECTION("moved lines and other blanks do not matter") {
    project.directory.write("db/1_a.sql",
                            "SELECT 1;\n\n-- a comment\nALTER TABLE users\n  DROP COLUMN name;\n");
    CHECK(project.check()["findings"].empty());
  }
  SECTION("an edited statement is a finding again, and its entry is stale") {
    project.directory.write("db/1_a.sql", "ALTER TABLE users DROP COLUMN email;\n");
    json edited = project.check();
    CHECK(edited["findings"].size() == 1);
    std::string notices = edited["notices"].dump();
    CHECK(notices.find("1 finding of this baseline match") != std::string::npos);
    CHECK(notices.find("drop-column in db/1_a.sql") != std::string::npos);
  }
  SECTION("one more of the same is one more finding") {
    project.directory.write("db/2_b.sql", "TRUNCATE orders;\nTRUNCATE orders;\nTRUNCATE orders;\n");
    CHECK(project.check()["findings"].size() == 1);
  }
  SECTION("what was not looked at is not stale") {
    project.directory.write("db/1_a.sql", "");
    CHECK(project.check({"db/2_b.sql"})["notices"].dump().find("baseline") == std::string::npos);
    CHECK(project.check({"--select", "truncate"})["notices"].dump().find("baseline") ==
          std::string::npos);
    CHECK(project.check()["notices"].dump().find("baseline prune") != std::string::npos);
  }
  SECTION("a file that is gone is, where all was looked at") {
    std::filesystem::remove(project.directory.path() / "db/1_a.sql");
    CHECK(project.check()["notices"].dump().find("baseline prune") != std::string::npos);
  }
  SECTION("prune only takes out, update makes it today's") {
    project.directory.write("db/1_a.sql", "ALTER TABLE users DROP COLUMN email;\n");
    SECTION("prune") {
      CHECK(project.run({"baseline", "prune"}).out ==
            ".lockstep-baseline.json: 2 findings, 0 added, 1 removed\n");
      CHECK(project.check()["findings"].size() == 1);
      CHECK(project.check()["notices"].dump().find("baseline prune") == std::string::npos);
    }
    SECTION("update") {
      CHECK(project.run({"baseline", "update"}).out ==
            ".lockstep-baseline.json: 3 findings, 1 added, 1 removed\n");
      CHECK(project.check()["findings"].empty());
    }
  }
}

TEST_CASE("findings that are suppressed otherwise stay out of a baseline") {
  Project project;
  project.directory.write("db/1_a.sql", "-- lockstep:ignore drop-column: old\n" + breaking);
  CHECK(project.run({"baseline", "create"}).out.find("2 findings") != std::string::npos);
}

TEST_CASE("mistakes with baselines are told with what to do") {
  Project project;
  CHECK(project.run({"baseline"}).status == 2);
  CHECK(project.run({"baseline", "prun"}).err.find("did you mean 'prune'?") != std::string::npos);
  CHECK(project.run({"baseline", "prune"}).err.find("lockstep baseline create") !=
        std::string::npos);
  CHECK(project.run({"baseline", "create"}).status == 0);
  Outcome again = project.run({"baseline", "create"});
  CHECK(again.status == 2);
  CHECK(again.err.find("lockstep baseline update") != std::string::npos);
  project.directory.write(".lockstep-baseline.json", "{\"version\": 1}");
  Outcome broken = project.run({"check"});
  CHECK(broken.status == 2);
  CHECK(broken.err.find(".lockstep-baseline.json is no baseline") != std::string::npos);
  Outcome missing = project.run({"check", "--baseline", "gone.json"});
  CHECK(missing.status == 2);
  CHECK(missing.err.find("gone.json") != std::string::npos);
}

TEST_CASE("the configuration names the baseline") {
  Project project;
  project.directory.write(".lockstep.yaml", "baseline: ci/accepted.json\n");
  std::filesystem::create_directory(project.directory.path() / "ci");
  CHECK(project.run({"baseline", "create", "db/1_a.sql"}).status == 0);
  json entries =
      json::parse(readFile(project.directory.path() / "ci/accepted.json"), nullptr, false);
  REQUIRE(entries["findings"].size() == 1);
  CHECK(entries["findings"][0]["file"] == "../db/1_a.sql");
  CHECK(project.check()["findings"].size() == 2);
}
