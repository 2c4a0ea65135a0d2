// What helps to set lockstep up: config, init, completions, the manual page, help.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <map>

using namespace lockstep::test;
using nlohmann::json;

static bool isInstalled(const std::string &program) {
  return run({"sh", "-c", "command -v " + program}, ".").status == 0;
}

TEST_CASE("config tells each setting and where it came from") {
  TemporaryDirectory directory;
  directory.write("shared.yaml", "ignore: [drop-table]\n");
  directory.write(".lockstep.yaml", "extends: shared.yaml\npostgres: 14..17\n");
  Outcome outcome =
      runLockstep({"config", "--since", "origin/main", "--format", "json"}, directory.path());
  CHECK(outcome.status == 0);
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE(document["groups"].size() == 1);
  std::map<std::string, std::string> told;
  for (const json &setting : document["groups"][0]["settings"])
    told[setting["key"]] =
        setting["value"].get<std::string>() + " " + setting["origin"].get<std::string>();
  CHECK(told["postgres"] == "14..17 .lockstep.yaml:2");
  CHECK(told["ignore"] == "[drop-table] shared.yaml:1");
  CHECK(told["since"] == "origin/main --since");
  CHECK(told["select"] == "[recommended] default");
  std::string text = runLockstep({"config"}, directory.path()).out;
  CHECK(text.starts_with("# .lockstep.yaml\n"));
  CHECK(text.find("# shared.yaml:1\n") != std::string::npos);
}

TEST_CASE("a mistake in an extended configuration is shown in it") {
  TemporaryDirectory directory;
  directory.write("shared.yaml", "selct: [all]\n");
  directory.write(".lockstep.yaml", "extends: shared.yaml\n");
  Outcome outcome = runLockstep({"config"}, directory.path());
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("shared.yaml:1:1: error: unknown key 'selct'; did you mean 'select'?\n"
                         "  1 | selct: [all]\n    | ^^^^^\n") != std::string::npos);
}

TEST_CASE("init writes a configuration that holds what was found") {
  TemporaryDirectory directory;
  directory.write(".git/HEAD", "ref: refs/heads/main\n");
  directory.write("db/goose/00001_a.sql", "-- +goose Up\nCREATE TABLE t (id bigint);\n");
  directory.write("db/plain it's/0001_a.sql", "CREATE TABLE t (id bigint);\n");
  directory.write("db/plain it's/0002_b.sql", "CREATE TABLE u (id bigint);\n");
  Outcome outcome = runLockstep({"init"}, directory.path());
  CHECK(outcome.out == "wrote .lockstep.yaml\n");
  std::string text = readFile(directory.path() / ".lockstep.yaml");
  CHECK(text.find("  - path: db/goose\n    framework: goose") != std::string::npos);
  CHECK(text.find("'db/plain it''s'") != std::string::npos);
  Outcome check = runLockstep({"check", "--format", "json"}, directory.path());
  CHECK(check.status == 0);
  json document = json::parse(check.out, nullptr, false);
  REQUIRE(document["histories"].size() == 2);
  CHECK(document["histories"][0]["detected_by"] == "config");
  SECTION("not over one that is there") {
    CHECK(runLockstep({"init"}, directory.path()).status == 2);
    CHECK(runLockstep({"init", "--force"}, directory.path()).status == 0);
    CHECK(runLockstep({"init", "--stdout"}, directory.path()).out == text);
  }
  SECTION("every example in it is right") {
    std::string uncommented;
    for (size_t at = 0; at < text.size();) {
      size_t end = text.find('\n', at) + 1;
      std::string line = text.substr(at, end - at);
      // Words are comments, keys are examples.
      if (size_t mark = line.find("# ");
          mark != std::string::npos && line.find_first_not_of(' ') == mark) {
        std::string rest = line.substr(mark + 2);
        bool is_key = rest.find(": ") != std::string::npos || rest.ends_with(":\n");
        bool is_words = rest.find(' ') < rest.find(':') && rest[0] != ' ' && rest[0] != '-';
        line = is_key && !is_words ? line.substr(0, mark) + rest : "";
      }
      uncommented += line;
      at = end;
    }
    uncommented.replace(uncommented.find("since:"), 5, "since");
    directory.write("table-stats.json", "[]");
    directory.write(".lockstep.yaml", uncommented);
    Outcome config = runLockstep({"config"}, directory.path());
    INFO(uncommented << config.err);
    CHECK(config.status == 0);
  }
}

TEST_CASE("bash completes commands, options and their values") {
  if (!isInstalled("bash"))
    SKIP("bash is not installed");
  TemporaryDirectory directory;
  directory.write("script", runLockstep({"completions", "bash"}, directory.path()).out);
  auto completed = [&](const std::string &words, int at) {
    return run({"bash", "-c",
                "source ./script; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(at) +
                    "; _lockstep; printf '%s ' \"${COMPREPLY[@]}\""},
               directory.path())
        .out;
  };
  CHECK(completed("lockstep ch", 1) == "check ");
  CHECK(completed("lockstep check --sin", 2) == "--since ");
  CHECK(completed("lockstep check --format sar", 3) == "sarif ");
  CHECK(completed("lockstep check --format = sar", 4) == "sarif ");
  CHECK(completed("lockstep check --framework goo", 3) == "goose ");
  CHECK(completed("lockstep explain unbatched-b", 2) == "unbatched-backfill ");
  CHECK(completed("lockstep baseline pr", 2) == "prune ");
  directory.write("db.sql", "");
  CHECK(completed("lockstep check db", 2) == "db.sql ");
}

TEST_CASE("zsh and fish read their completions") {
  TemporaryDirectory directory;
  for (const char *shell : {"zsh", "fish"}) {
    Outcome script = runLockstep({"completions", shell}, directory.path());
    CHECK(script.status == 0);
    CHECK(script.out.find("since") != std::string::npos);
    directory.write("script", script.out);
    if (isInstalled(shell))
      CHECK(run({shell, "-n", "script"}, directory.path()).status == 0);
  }
  CHECK(runLockstep({"completions", "csh"}, directory.path()).status == 2);
  CHECK(runLockstep({"completions"}, directory.path()).status == 2);
}

TEST_CASE("the manual page is one") {
  TemporaryDirectory directory;
  Outcome manual = runLockstep({"manual"}, directory.path());
  CHECK(manual.status == 0);
  CHECK(manual.out.find(".B \\-\\-since \\fIREVISION\\fR\n") != std::string::npos);
  if (!isInstalled("groff"))
    SKIP("groff is not installed");
  directory.write("lockstep.1", manual.out);
  Outcome shown =
      run({"groff", "-man", "-Tascii", "-P-cbu", "-ww", "lockstep.1"}, directory.path());
  CHECK(shown.err.empty());
  CHECK(shown.out.find("EXIT STATUS") != std::string::npos);
}

TEST_CASE("help is grouped and fits a terminal") {
  TemporaryDirectory directory;
  std::string help = runLockstep({"check", "--help"}, directory.path()).out;
  size_t last = 0;
  for (const char *group : {"\nInput:\n", "\nRules:\n", "\nFixes:\n", "\nOutput:\n"}) {
    CHECK(help.find(group) != std::string::npos);
    CHECK(help.find(group) > last);
    last = help.find(group);
  }
  for (size_t at = 0; at < help.size();) {
    size_t end = help.find('\n', at);
    INFO(help.substr(at, end - at));
    CHECK(end - at <= 90);
    at = end + 1;
  }
}
