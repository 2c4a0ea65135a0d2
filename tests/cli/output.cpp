// What goes to standard output, to files and to standard error.
#include "support/json_schema.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <utility>

using namespace lockstep::test;
using nlohmann::json;

static const std::string breaking = "ALTER TABLE users DROP COLUMN name;\n";

static Outcome runIn(const TemporaryDirectory &directory, std::vector<std::string> arguments,
                     const std::vector<std::string> &environment, std::string_view input = {}) {
  arguments.insert(arguments.begin(), std::getenv("LOCKSTEP_BIN"));
  return run(arguments, directory.path(), input, environment);
}

TEST_CASE("the JSON report is valid by its schema") {
  TemporaryDirectory directory;
  directory.write("1.sql", breaking + "CREATE TABEL x;\nVACUUM;\n");
  Outcome outcome =
      runLockstep({"check", ".", "--select", "all", "--format", "json"}, directory.path());
  CHECK(outcome.status == 1);
  CHECK(outcome.err.empty());
  CHECK(schemaFaults("schemas/check.schema.json", outcome.out) == std::vector<std::string>{});
  json document = json::parse(outcome.out, nullptr, false);
  CHECK(document["summary"]["unanalyzed"] == 1);
  CHECK(document["summary"]["statements"] == 2);
  CHECK(document["findings"][0]["file"] == "1.sql");
}

TEST_CASE("threads do not change what is reported") {
  // More files than are worth threads, in several histories.
  for (const char *command : {"check", "effects", "schema"})
    for (const char *versions : {"15", "14..18"}) {
      std::string first;
      for (const char *jobs : {"1", "2", "3"}) {
        const Outcome outcome =
            runLockstep({command, "fixtures/projects", "fixtures/formats", "--postgres", versions,
                         "--jobs", jobs, "--format", "json"},
                        ".");
        INFO(command << " on " << versions << " with " << jobs);
        CHECK(outcome.status == (command == std::string("check") ? 1 : 0));
        if (first.empty())
          first = outcome.out;
        else
          CHECK(outcome.out == first);
      }
    }
}

TEST_CASE("that nothing tells how files are run is said once") {
  TemporaryDirectory directory;
  for (const char *file : {"a.sql", "b.sql", "c.sql"})
    directory.write(file, "SELECT 1;\n");
  auto notices = [&](std::vector<std::string> paths) {
    std::vector<std::string> arguments{"check", "--select", "wide-lock-window", "--format", "json"};
    arguments.insert(arguments.end(), paths.begin(), paths.end());
    const json document = json::parse(runLockstep(arguments, directory.path()).out, nullptr, false);
    std::vector<std::string> found;
    for (const json &notice : document["notices"])
      found.push_back(notice["file"].get<std::string>() + ": " +
                      notice["message"].get<std::string>());
    return found;
  };
  const std::string is_not_known = " not known; these checks wait for `execution:` in the "
                                   "configuration, or --execution: wide-lock-window";
  CHECK(notices({"."}) ==
        std::vector<std::string>{
            "a.sql: how these files and those of 2 other histories are run is" + is_not_known});
  CHECK(notices({"c.sql", "b.sql"}) ==
        std::vector<std::string>{"b.sql: how these files and those of 1 other history are run is" +
                                 is_not_known});
  CHECK(notices({"c.sql"}) ==
        std::vector<std::string>{"c.sql: how these files are run is" + is_not_known});
  CHECK(notices({".", "--execution", "autocommit"}).empty());
}

/// Statement hash and fingerprint of what irreversible-migration says of `up`.
static std::pair<std::string, std::string> irreversible(const std::string &up) {
  TemporaryDirectory directory;
  directory.write("1_users.sql", "CREATE TABLE users (id bigint PRIMARY KEY, name text, age int);");
  directory.write("2_less.up.sql", up);
  directory.write("2_less.down.sql", "SELECT 1;");
  Outcome outcome = runLockstep({"check", ".", "--framework", "sqlx", "--direction", "both",
                                 "--select", "irreversible-migration", "--format", "json"},
                                directory.path());
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE(document["findings"].size() == 1);
  const json &finding = document["findings"][0];
  CHECK(finding["file"] == "2_less.up.sql");
  return {finding["statement"]["hash"], finding["fingerprint"]};
}

TEST_CASE("what a down part shows of its up statement is known by that statement") {
  const auto name = irreversible("ALTER TABLE users DROP COLUMN name;");
  CHECK(irreversible("\n\nALTER TABLE users\n  DROP COLUMN name;") == name);
  const auto age = irreversible("ALTER TABLE users DROP COLUMN age;");
  CHECK(age.first != name.first);
  CHECK(age.second != name.second);
}

TEST_CASE("only the report reaches standard output, in a CI run, too") {
  TemporaryDirectory directory;
  directory.write("1.sql", breaking);
  for (const char *format : {"json", "sarif", "gitlab", "rdjson"}) {
    INFO(format);
    Outcome outcome = runIn(directory, {"check", "1.sql", "missing.sql", "--format", format},
                            {"GITHUB_ACTIONS=true", "CI=true"});
    CHECK(outcome.status == 2);
    CHECK(json::accept(outcome.out));
    CHECK(outcome.err.find("missing.sql") != std::string::npos);
  }
}

TEST_CASE("--output writes files") {
  TemporaryDirectory directory;
  directory.write("1.sql", breaking);
  SECTION("the main report") {
    Outcome outcome = runLockstep({"check", "1.sql", "--format", "json", "--output", "report.json"},
                                  directory.path());
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
    CHECK(json::accept(readFile(directory.path() / "report.json")));
  }
  SECTION("further ones") {
    Outcome outcome = runLockstep({"check", "1.sql", "--format", "concise", "--output",
                                   "sarif=report.sarif", "--output", "junit=report.xml"},
                                  directory.path());
    CHECK(outcome.out.starts_with("1.sql:1:19: error: "));
    CHECK(json::accept(readFile(directory.path() / "report.sarif")));
    CHECK(readFile(directory.path() / "report.xml").starts_with("<?xml"));
  }
  SECTION("one of them to standard output") {
    Outcome outcome = runLockstep({"check", "1.sql", "--output", "json=-"}, directory.path());
    CHECK(json::accept(outcome.out));
  }
}

TEST_CASE("colour is asked for, or the environment's choice") {
  TemporaryDirectory directory;
  directory.write("1.sql", breaking);
  auto colored = [&](std::vector<std::string> arguments,
                     const std::vector<std::string> &environment) {
    arguments.insert(arguments.begin(), {"check", "1.sql"});
    return runIn(directory, arguments, environment).out.find('\x1b') != std::string::npos;
  };
  CHECK_FALSE(colored({}, {"NO_COLOR=", "FORCE_COLOR=", "CLICOLOR_FORCE="}));
  CHECK(colored({"--color", "always"}, {"NO_COLOR=1"}));
  CHECK(colored({}, {"NO_COLOR=", "FORCE_COLOR=1"}));
  CHECK(colored({}, {"NO_COLOR=", "FORCE_COLOR=", "CLICOLOR_FORCE=1"}));
  CHECK_FALSE(colored({}, {"NO_COLOR=1", "FORCE_COLOR=1"}));
  CHECK_FALSE(colored({"--color", "never"}, {"NO_COLOR=", "FORCE_COLOR=1"}));
}

TEST_CASE("hostile names and texts reach the terminal harmless") {
  TemporaryDirectory directory;
  std::string name = "::error\x1b[31m.sql";
  directory.write(name, "ALTER TABLE \"\x1b]0;owned\x07\xE2\x80\xAE\" DROP COLUMN \"a\nb\"; "
                        "-- ##[set-env name=x]y \xFF\n");
  for (const char *format : {"text", "concise", "json", "jsonl", "sarif", "github", "gitlab",
                             "junit", "checkstyle", "rdjson", "markdown", "html"}) {
    INFO(format);
    Outcome outcome = runLockstep({"check", name, "--format", format}, directory.path());
    CHECK(outcome.out.find('\x1b') == std::string::npos);
    CHECK(outcome.out.find('\x07') == std::string::npos);
    CHECK(outcome.out.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(outcome.out.find("##[") == std::string::npos);
    CHECK((std::string_view(format) == "github" || !outcome.out.starts_with("::")));
  }
}

TEST_CASE("every format survives a run without findings") {
  TemporaryDirectory directory;
  directory.write("1.sql", "CREATE TABLE t (id bigint PRIMARY KEY);\n");
  for (const char *format : {"json", "sarif", "gitlab", "rdjson"}) {
    INFO(format);
    Outcome outcome = runLockstep({"check", "1.sql", "--format", format}, directory.path());
    CHECK(outcome.status == 0);
    CHECK(json::accept(outcome.out));
  }
}

TEST_CASE("standard input is checked as the file it is said to be") {
  TemporaryDirectory directory;
  Outcome plain = runLockstep({"check", "-", "--format", "json"}, directory.path(), breaking);
  CHECK(plain.status == 1);
  json document = json::parse(plain.out, nullptr, false);
  CHECK(document["findings"][0]["rule"] == "drop-column");
  Outcome named = runLockstep({"check", "-", "--stdin-filename", "db/2.sql", "--format", "concise"},
                              directory.path(), breaking);
  CHECK(named.out.starts_with("db/2.sql:1:19: error: "));
}

TEST_CASE("--quiet leaves what fails, --statistics only counts, --show-files lists") {
  TemporaryDirectory directory;
  directory.write("1.sql", breaking + "DROP INDEX users_name;\n");
  auto text = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"check", "."});
    return runLockstep(arguments, directory.path()).out;
  };
  CHECK(text({}).find("[drop-index-non-concurrently]") != std::string::npos);
  CHECK(text({"--quiet"}).find("[drop-index-non-concurrently]") == std::string::npos);
  CHECK(text({"--quiet"}).find("[drop-column]") != std::string::npos);
  CHECK(text({"--statistics"}).find("[drop-column]") == std::string::npos);
  CHECK(text({"--statistics"}).find("1  drop-column") != std::string::npos);
  CHECK(text({"--show-files"}) == "1.sql\n");
}

TEST_CASE("suppressed findings are counted, and listed when asked for") {
  TemporaryDirectory directory;
  directory.write("1.sql", "-- lockstep:ignore drop-column: nobody reads it\n" + breaking);
  auto document = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"check", "1.sql", "--format", "json"});
    Outcome outcome = runLockstep(arguments, directory.path());
    CHECK(outcome.status == 0);
    return json::parse(outcome.out, nullptr, false);
  };
  CHECK(document({})["summary"]["suppressed"] == 1);
  CHECK(document({})["findings"].empty());
  CHECK(document({"--show-suppressed"})["findings"][0]["suppressed"] ==
        json{{"kind", "comment"}, {"reason", "nobody reads it"}});
}

TEST_CASE("a range of servers is one report") {
  TemporaryDirectory directory;
  directory.write("1.sql", breaking);
  json one = json::parse(runLockstep({"check", "1.sql", "--format", "json"}, directory.path()).out,
                         nullptr, false);
  json all = json::parse(
      runLockstep({"check", "1.sql", "--format", "json", "--postgres", "14..18"}, directory.path())
          .out,
      nullptr, false);
  CHECK(all["findings"].size() == one["findings"].size());
  CHECK(all["summary"] == one["summary"]);
}
