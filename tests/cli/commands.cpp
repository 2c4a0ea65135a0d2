// The commands that tell about lockstep itself.
#include "support/json_schema.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace lockstep::test;
using nlohmann::json;

static Outcome lockstepHere(const std::vector<std::string> &arguments) {
  return runLockstep(arguments, ".");
}

TEST_CASE("rules lists every rule in three forms") {
  const std::string list = lockstepHere({"rules", "--format", "json"}).out;
  CHECK(schemaFaults("schemas/rules.schema.json", list) == std::vector<std::string>{});
  json document = json::parse(list, nullptr, false);
  REQUIRE(document["rules"].is_array());
  size_t count = document["rules"].size();
  CHECK(count > 0);
  for (const json &rule : document["rules"]) {
    INFO(rule["id"]);
    CHECK_FALSE(rule["summary"].get<std::string>().empty());
  }
  auto lines = [](const std::string &text) {
    return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
  };
  CHECK(lines(lockstepHere({"rules"}).out) == count);
  CHECK(lines(lockstepHere({"rules", "--format", "markdown"}).out) == count + 2);
}

TEST_CASE("explain shows a page without its expectations") {
  Outcome text = lockstepHere({"explain", "drop-column"});
  CHECK(text.status == 0);
  CHECK(text.out.starts_with("drop-column\n===========\n"));
  CHECK(text.out.find("-- expect") == std::string::npos);
  CHECK(text.out.find("```") == std::string::npos);
  CHECK(lockstepHere({"explain", "squawk:ban-drop-column"}).out == text.out);
  CHECK(lockstepHere({"explain", "drop-column", "--format", "markdown"})
            .out.starts_with("# drop-column\n"));
  json page =
      json::parse(lockstepHere({"explain", "drop-column", "--format", "json"}).out, nullptr, false);
  CHECK(page["id"] == "drop-column");
  CHECK(page["page"].get<std::string>().starts_with("# drop-column\n"));
}

TEST_CASE("explain knows what is near") {
  Outcome outcome = lockstepHere({"explain", "drop-colum"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err == "lockstep: unknown rule 'drop-colum'; did you mean 'drop-column'?\n");
  CHECK(lockstepHere({"explain"}).status == 2);
}

TEST_CASE("version tells lockstep's and the grammar's") {
  CHECK(lockstepHere({"--version"}).out == lockstepHere({"version"}).out);
  json version = json::parse(lockstepHere({"version", "--format", "json"}).out, nullptr, false);
  CHECK(version["name"] == "lockstep");
  CHECK(version["grammar"].is_number());
  CHECK(lockstepHere({"version"}).out == "lockstep " + version["version"].get<std::string>() +
                                             " (grammar of PostgreSQL " +
                                             version["grammar"].dump() + ")\n");
}

TEST_CASE("help is grouped and names every option once") {
  std::string help = lockstepHere({"check", "--help"}).out;
  for (const char *part : {"Usage: lockstep check", "Input:", "Rules:", "Output:", "--format",
                           "--postgres", "--select", "--fail-on"}) {
    INFO(part);
    CHECK(help.find(part) != std::string::npos);
  }
  CHECK(help.find("--help-hidden") == std::string::npos);
  CHECK(help.find("--print-options") == std::string::npos);
  CHECK(lockstepHere({"--help"}).out.find("lockstep COMMAND") != std::string::npos);
}

TEST_CASE("options as other linters call them are answered with the name that they have here") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "SELECT 1;\n");
  const Outcome version = runLockstep({"check", "--pg-version", "16"}, directory.path());
  CHECK(version.status == 2);
  CHECK(version.err == "lockstep: there is no option --pg-version: it is called --postgres here\n");
  const Outcome reporter = runLockstep({"check", "--reporter=json"}, directory.path());
  CHECK(reporter.err.find("it is called --format here") != std::string::npos);
  // As many tools have it.
  CHECK(runLockstep({"check", "-f", "json"}, directory.path()).out.starts_with("{"));
}

TEST_CASE("a name for standard input without a - among the paths is refused") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "SELECT 1;\n");
  const Outcome outcome = runLockstep({"check", "--stdin-filename", "2_b.sql"}, directory.path());
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("give - as a path") != std::string::npos);
}
