// .lockstep.yaml, where it is looked for and what it says.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

using namespace lockstep::test;
using nlohmann::json;

static const std::string breaking = "ALTER TABLE users DROP COLUMN name;\n";

static json report(const TemporaryDirectory &directory, std::vector<std::string> arguments,
                   const std::filesystem::path &folder = ".") {
  arguments.insert(arguments.begin(), {"check", "--format", "json"});
  Outcome outcome = runLockstep(arguments, directory.path() / folder);
  INFO(outcome.err);
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE(document.is_object());
  return document;
}

TEST_CASE("without paths the configured histories are checked") {
  TemporaryDirectory directory;
  directory.write("db/a/1_x.sql", breaking);
  directory.write("db/b/1_x.sql", breaking);
  directory.write("other/1_x.sql", breaking);
  directory.write(".lockstep.yaml", "histories:\n  - path: db/a\n    execution: tx-file\n"
                                    "  - path: db/b\n    framework: plain\n");
  json document = report(directory, {});
  REQUIRE(document["histories"].size() == 2);
  CHECK(document["histories"][0]["path"] == "db/a");
  CHECK(document["histories"][0]["execution"] == "tx-file");
  CHECK(document["histories"][1]["framework"] == "plain");
  CHECK(document["findings"].size() == 2);
  CHECK(document["findings"][0]["file"] == "db/a/1_x.sql");
}

TEST_CASE("the nearest configuration holds, each path its own") {
  TemporaryDirectory directory;
  directory.write(".git/HEAD", "ref: refs/heads/main\n");
  directory.write(".lockstep.yaml", "severity: {drop-column: warning}\n");
  directory.write("a/1.sql", breaking);
  directory.write("b/.lockstep.yaml", "ignore: [drop-column]\n");
  directory.write("b/1.sql", breaking);
  json document = report(directory, {"a/1.sql", "b/1.sql"});
  REQUIRE(document["findings"].size() == 1);
  CHECK(document["findings"][0]["file"] == "a/1.sql");
  CHECK(document["findings"][0]["severity"] == "warning");
  SECTION("found from a folder below") {
    CHECK(report(directory, {"1.sql"}, "a")["findings"][0]["severity"] == "warning");
  }
  SECTION("but not beyond the repository") {
    directory.write("a/.git/HEAD", "ref: refs/heads/main\n");
    CHECK(report(directory, {"1.sql"}, "a")["findings"][0]["severity"] == "error");
  }
}

TEST_CASE("below a folder each history has its own nearest configuration") {
  TemporaryDirectory directory;
  directory.write(".git/HEAD", "ref: refs/heads/main\n");
  directory.write(".lockstep.yaml", "severity: {drop-column: warning}\n");
  directory.write("a/1.sql", breaking);
  directory.write("b/.lockstep.yaml", "severity: {drop-column: info}\n");
  directory.write("b/1.sql", breaking);
  directory.write("b/c/.lockstep.yaml", "ignore: [drop-column]\n");
  directory.write("b/c/1.sql", breaking);
  directory.write("d/.lockstep.yaml", "postgres: 17\n");
  const auto severities = [&](const std::vector<std::string> &arguments,
                              const std::filesystem::path &folder = ".") {
    std::vector<std::string> list;
    const json document = report(directory, arguments, folder);
    for (const json &finding : document["findings"])
      list.push_back(finding["file"].get<std::string>() + " " +
                     finding["severity"].get<std::string>());
    return list;
  };
  using List = std::vector<std::string>;
  CHECK(severities({}) == List{"a/1.sql warning", "b/1.sql info"});
  CHECK(severities({"."}) == List{"a/1.sql warning", "b/1.sql info"});
  CHECK(severities({"b"}) == List{"b/1.sql info"});
  CHECK(severities({"a", "b/c/1.sql", "b"}) == List{"a/1.sql warning", "b/1.sql info"});
  CHECK(severities({"."}, "b") == List{"1.sql info"});
  CHECK(severities({(directory.path() / "b").string()}, "a").size() == 1);
  SECTION("a folder that is named and empty is told all the same") {
    CHECK(runLockstep({"check", "d"}, directory.path()).status == 2);
    CHECK(runLockstep({"check", "."}, directory.path()).status == 0);
  }
  SECTION("--config holds for all") {
    CHECK(severities({".", "--config", ".lockstep.yaml"}).size() == 3);
  }
  SECTION("those that git leaves out are no one's") {
    REQUIRE(run({"git", "init", "--quiet"}, directory.path()).status == 0);
    directory.write(".gitignore", "/b/\n");
    CHECK(severities({"."}) == List{"a/1.sql warning"});
  }
}

TEST_CASE("the command line beats the configuration") {
  TemporaryDirectory directory;
  directory.write("1.sql", breaking);
  directory.write(".lockstep.yaml", "severity: {drop-column: warning}\nexecution: autocommit\n"
                                    "fail_on: warning\n");
  CHECK(report(directory, {"1.sql"})["histories"][0]["execution"] == "autocommit");
  json document =
      report(directory, {"1.sql", "--severity", "drop-column=info", "--execution", "tx-file"});
  CHECK(document["histories"][0]["execution"] == "tx-file");
  CHECK(document["findings"][0]["severity"] == "info");
  CHECK(runLockstep({"check", "1.sql"}, directory.path()).status == 1);
  CHECK(runLockstep({"check", "1.sql", "--fail-on", "error"}, directory.path()).status == 0);
}

TEST_CASE("excluded files are left out of folders, and with --force-exclude altogether") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", breaking);
  directory.write("seed/1_b.sql", breaking);
  directory.write(".lockstep.yaml", "exclude: [seed/*.sql]\n");
  CHECK(report(directory, {"."})["findings"].size() == 1);
  CHECK(report(directory, {"seed/1_b.sql"})["findings"].size() == 1);
  CHECK(runLockstep({"check", "seed/1_b.sql", "--force-exclude", "--no-error-on-unmatched-pattern"},
                    directory.path())
            .status == 0);
}

TEST_CASE("a mistake is shown where it stands") {
  TemporaryDirectory directory;
  directory.write("1.sql", breaking);
  directory.write(".lockstep.yaml", "postgres: 15\nselct: [drop-column]\n");
  Outcome outcome = runLockstep({"check", "1.sql"}, directory.path());
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK(outcome.err == "lockstep: the configuration cannot be used\n"
                       ".lockstep.yaml:2:1: error: unknown key 'selct'; did you mean 'select'?\n"
                       "  2 | selct: [drop-column]\n"
                       "    | ^^^^^\n");
}

TEST_CASE("a declared history keeps what the project's own files set") {
  TemporaryDirectory directory;
  directory.write("flyway.toml", "[flyway]\nplaceholderPrefix = \"#{\"\n");
  directory.write("sql/V1__users.sql", "CREATE TABLE #{schema}.users (id int);\n");
  directory.write(".lockstep.yaml", "histories:\n  - path: sql\n    framework: flyway\n");
  CHECK(report(directory, {})["summary"]["unanalyzed"] == 0);
  SECTION("unless it sets that itself") {
    directory.write("sql/V1__users.sql", "CREATE TABLE @{schema}.users (id int);\n");
    directory.write(".lockstep.yaml", "histories:\n  - path: sql\n    framework: flyway\n"
                                      "    settings: {placeholderPrefix: '@{'}\n");
    CHECK(report(directory, {})["summary"]["unanalyzed"] == 0);
  }
}

TEST_CASE("the version of the program that runs the files can be declared") {
  TemporaryDirectory directory;
  directory.write("supabase/config.toml", "[auth]\n");
  directory.write("supabase/migrations/20240101000000_a.sql",
                  "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);\n");
  auto refused = [&](const std::string &version) {
    directory.write(".lockstep.yaml",
                    "histories:\n  - path: supabase/migrations\n    framework: supabase\n"
                    "    settings: {program: '" +
                        version + "'}\n");
    const json findings = report(directory, {})["findings"];
    return std::any_of(findings.begin(), findings.end(), [](const json &finding) {
      return finding["rule"] == "concurrently-in-transaction";
    });
  };
  CHECK(refused("2.108.1"));
  CHECK_FALSE(refused("2.109.0"));
  CHECK_FALSE(refused("newest"));
}

TEST_CASE("a configuration under the name that other tools use is not passed over") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "SELECT 1;\n");
  directory.write(".lockstep.yml", "ignore: [drop-table]\n");
  for (std::vector<std::string> words : {std::vector<std::string>{"check"}, {"check", "1_a.sql"}}) {
    const Outcome outcome = runLockstep(words, directory.path());
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find("'.lockstep.yml' is not read: rename it to .lockstep.yaml") !=
          std::string::npos);
  }
  directory.write(".lockstep.yaml", "ignore: [drop-table]\n");
  CHECK(runLockstep({"check"}, directory.path()).status == 0);
}
