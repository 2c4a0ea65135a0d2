// Which files are looked at, with which rules, and how they are counted.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>

using namespace lockstep::test;
using nlohmann::json;

static const std::string breaking = "ALTER TABLE users DROP COLUMN name;\n";

static json report(const TemporaryDirectory &directory, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"check", "--format", "json", "--fail-on", "never",
                                       "--ignore", "fails-at-runtime"});
  Outcome outcome = runLockstep(arguments, directory.path());
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE(document.is_object());
  return document;
}

static std::vector<std::string> filesOf(const json &document) {
  std::vector<std::string> files;
  for (const json &finding : document["findings"])
    files.push_back(finding["file"]);
  return files;
}

using Files = std::vector<std::string>;

TEST_CASE("patterns that the shell left alone are ours to match") {
  TemporaryDirectory directory;
  for (const char *file : {"a/1_x.sql", "a/2_y.sql", "b/1_x.sql", "b/c/1_x.sql"})
    directory.write(file, breaking);
  CHECK(filesOf(report(directory, {"a/*.sql"})) == Files{"a/1_x.sql", "a/2_y.sql"});
  CHECK(filesOf(report(directory, {"b/**/*.sql"})) == Files{"b/1_x.sql", "b/c/1_x.sql"});
  CHECK(filesOf(report(directory, {"?/1_?.sql"})) == Files{"a/1_x.sql", "b/1_x.sql"});
  Outcome none = runLockstep({"check", "z*.sql"}, directory.path());
  CHECK(none.status == 2);
  CHECK(none.err.find("nothing to check at 'z*.sql'") != std::string::npos);
  CHECK(runLockstep({"check", "z*.sql", "--no-error-on-unmatched-pattern"}, directory.path())
            .status == 0);
}

TEST_CASE(".gitignore holds for folders, not for named files") {
  TemporaryDirectory directory;
  directory.write("1_x.sql", breaking);
  directory.write("build/1_x.sql", breaking);
  directory.write(".gitignore", "build/\n");
  REQUIRE(run({"git", "init", "--quiet"}, directory.path()).status == 0);
  CHECK(filesOf(report(directory, {"."})) == Files{"1_x.sql"});
  CHECK(filesOf(report(directory, {"build/1_x.sql"})) == Files{"build/1_x.sql"});
}

TEST_CASE("any number of threads gives the same report") {
  TemporaryDirectory directory;
  for (int i = 1; i <= 100; ++i)
    directory.write("db/" + std::to_string(i) + "_x.sql",
                    "CREATE TABLE t" + std::to_string(i) + " (id int);\n" + breaking);
  json one = report(directory, {".", "--jobs", "1"});
  CHECK(one["findings"].size() >= 1);
  for (const char *jobs : {"2", "5"})
    CHECK(report(directory, {".", "--jobs", jobs}) == one);
  for (const char *wrong : {"0", "-1", "many", "2x", "100000"})
    CHECK(runLockstep({"check", ".", "--jobs", wrong}, directory.path()).status == 2);
}

TEST_CASE("overrides hold for their paths, the command line for all") {
  TemporaryDirectory directory;
  directory.write("db/1_x.sql", breaking);
  directory.write("legacy/1_x.sql", breaking);
  directory.write(".lockstep.yaml",
                  "overrides:\n  - paths: legacy/*.sql\n    ignore: [drop-column]\n");
  CHECK(filesOf(report(directory, {"."})) == Files{"db/1_x.sql"});
  CHECK(filesOf(report(directory, {".", "--select", "drop-column"})) ==
        Files{"db/1_x.sql", "legacy/1_x.sql"});
  directory.write(".lockstep.yaml",
                  "overrides:\n  - paths: legacy/*.sql\n    severity: {drop-column: info}\n");
  CHECK(report(directory, {"."})["summary"]["infos"] == 1);
}

TEST_CASE("the configuration suppresses by path, version and statement") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", breaking);
  directory.write("2_b.sql", "DROP TABLE users;\n");
  json before = report(directory, {"."});
  REQUIRE(before["findings"].size() == 2);
  std::string hash = before["findings"][0]["statement"]["hash"];
  auto with = [&](const std::string &entry) {
    directory.write(".lockstep.yaml", "suppressions:\n  - {rule: [drop-column, drop-table], " +
                                          entry + ", reason: old}\n");
    return report(directory, {".", "--show-suppressed"});
  };
  auto suppressed = [](const json &document) {
    Files files;
    for (const json &finding : document["findings"])
      if (!finding["suppressed"].is_null())
        files.push_back(finding["file"]);
    return files;
  };
  CHECK(suppressed(with("path: 2_*.sql")) == Files{"2_b.sql"});
  CHECK(suppressed(with("version: 1")) == Files{"1_a.sql"});
  CHECK(suppressed(with("statement: " + hash)) == Files{"1_a.sql"});
  CHECK(suppressed(with("version: 1, until: 9999-12-31")) == Files{"1_a.sql"});
  json over = with("version: 1, until: 2000-01-01");
  CHECK(suppressed(over).empty());
  CHECK(over["notices"].dump().find("ended on 2000-01-01") != std::string::npos);
  CHECK(over["notices"].dump().find(".lockstep.yaml") != std::string::npos);
  CHECK(with("version: 1")["findings"][0]["suppressed"] ==
        json{{"kind", "config"}, {"reason", "old"}});
  directory.write("1_a.sql", "SELECT 1;\n");
  json unused = report(directory, {"2_b.sql"});
  CHECK(unused["notices"].dump().find("suppresses nothing") == std::string::npos);
  directory.write(".lockstep.yaml", "suppressions:\n  - {rule: drop-column, path: 1_a.sql}\n");
  CHECK(report(directory, {})["notices"].dump().find("suppresses nothing") != std::string::npos);
}

TEST_CASE("a page of HTML holds the findings, and nothing of them as markup") {
  TemporaryDirectory directory;
  directory.write("1.sql", "ALTER TABLE \"<script>\" DROP COLUMN \"a&b\";\n");
  std::string page = runLockstep({"check", "1.sql", "--format", "html"}, directory.path()).out;
  CHECK(page.starts_with("<!DOCTYPE html>\n"));
  CHECK(page.ends_with("</html>\n"));
  CHECK(page.find("<script>") == std::string::npos);
  CHECK(page.find("&lt;script&gt;") != std::string::npos);
  CHECK(page.find("<article class=\"error\">") != std::string::npos);
}

TEST_CASE("folders that are called by versions are one history, in the order of numbers") {
  TemporaryDirectory directory;
  directory.write("0/01_parts.up.sql", "CREATE TABLE parts (id int);\n");
  directory.write("2/01_x.up.sql", "ALTER TABLE parts ADD COLUMN x int;\n");
  directory.write("10/01_y.up.sql", "ALTER TABLE parts RENAME COLUMN x TO y;\n");
  const json document = report(directory, {"."});
  REQUIRE(document["histories"].size() == 1);
  CHECK(document["histories"][0]["path"] == ".");
  CHECK(filesOf(document) == Files{"10/01_y.up.sql"});
  // One folder alone is asked about in the same history.
  CHECK(filesOf(report(directory, {"10"})) == Files{"10/01_y.up.sql"});
}

TEST_CASE("folders of other servers beside one of PostgreSQL's are left out, and said to be") {
  TemporaryDirectory directory;
  for (const char *folder : {"db/mysql", "db/postgres", "db/sqlite"})
    directory.write(folder + std::string("/1_x.sql"), breaking);
  const json document = report(directory, {"."});
  CHECK(filesOf(document) == Files{"db/postgres/1_x.sql"});
  CHECK(document.dump().find("db/mysql, db/sqlite not checked") != std::string::npos);
  CHECK(filesOf(report(directory, {"db/mysql"})) == Files{"db/mysql/1_x.sql"});
}
