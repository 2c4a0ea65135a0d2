// SQL and patches that are shown are safe to show, and mean what they meant.
#include "channels/forms.hpp"
#include "channels/project.hpp"
#include "channels/scan.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace lockstep::test;
using nlohmann::json;

using Words = std::vector<std::string>;

static const Words nothing;

TEST_CASE("a schema is the same when it is read again") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", hostileSchema());
  directory.write("2_b.sql", "CREATE TABLE last (a int);\n");
  Outcome schema = runLockstep({"schema", "."}, directory.path());
  CHECK(schema.status == 0);
  CHECK(schema.err.empty());
  CHECK(dangers(schema.out) == nothing);

  TemporaryDirectory again;
  again.write("1_a.sql", schema.out);
  Outcome second = runLockstep({"schema", "1_a.sql"}, again.path());
  CHECK(second.err.empty());
  const std::string head = "SET check_function_bodies";
  CHECK(second.out.substr(second.out.find(head)) == schema.out.substr(schema.out.find(head)));

  // Names and labels are those of before, each form among them; expressions are written otherwise.
  auto namesOf = [](const TemporaryDirectory &of) {
    json tree = json::parse(runLockstep({"schema", ".", "--format", "json"}, of.path()).out);
    json names = json::array();
    for (const json &relation : tree["histories"][0]["relations"]) {
      names.push_back(relation["name"]);
      for (const json &column : relation["columns"])
        names.push_back(column["name"]);
    }
    for (const json &type : tree["histories"][0]["types"])
      names.push_back(type["labels"]);
    names.push_back(tree["histories"][0]["functions"]);
    return names;
  };
  CHECK(namesOf(again) == namesOf(directory));

  Outcome difference = runLockstep({"schema", ".", "--diff", "..2"}, directory.path());
  CHECK(difference.status == 0);
  CHECK(dangers(difference.out) == nothing);
}

static const std::string unused = "-- lockstep:ignore drop-table: old\nSELECT 1;\n";

static Outcome git(const TemporaryDirectory &directory, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "git");
  return run(arguments, directory.path());
}

TEST_CASE("a patch applies where it can be shown as it is") {
  // A line of context that would be a command is removed and added.
  const std::vector<std::string> texts{
      unused + "SELECT '\n::error::PWN\n  ::warning::PWN\n';\nSELECT 2;\nSELECT 3;\nSELECT 4;\n",
      "SELECT '\n::error::PWN\n';\n" + unused + "SELECT '\n::error::PWN",
      "\xEF\xBB\xBF" + unused + "SELECT 2;\n",
      "-- one\r\n::a::b\r\n" + std::string("-- lockstep:ignore drop-table: old\r\nSELECT 1;\r\n"),
  };
  for (const std::string &text : texts) {
    INFO(told(text));
    TemporaryDirectory directory;
    directory.write("1_a.sql", text);
    Outcome shown = runLockstep({"check", "1_a.sql", "--diff"}, directory.path());
    CHECK(shown.status == 1);
    CHECK(shown.out.starts_with("--- a/1_a.sql\n+++ b/1_a.sql\n@@ "));
    if (!text.starts_with("\xEF"))
      CHECK(dangers(shown.out) == nothing);
    directory.write("change.patch", shown.out);
    CHECK(git(directory, {"apply", "change.patch"}).err.empty());
    const std::string patched = readFile(directory.path() / "1_a.sql");
    directory.write("1_a.sql", text);
    CHECK(runLockstep({"check", "1_a.sql", "--fix"}, directory.path()).err ==
          "lockstep: fixed 1 finding in 1 file\n");
    CHECK(patched == readFile(directory.path() / "1_a.sql"));
    CHECK(patched != text);
  }
}

TEST_CASE("a change that cannot be shown as it is is no patch") {
  for (const std::string &form : hostileForms()) {
    INFO(told(form));
    TemporaryDirectory directory;
    const std::string text = unused + "SELECT 'a" + form + "';\n";
    directory.write("1_a.sql", text);
    directory.write("2_b.sql", unused);
    Outcome shown = runLockstep({"check", "1_a.sql", "2_b.sql", "--diff"}, directory.path());
    CHECK(shown.status <= 2);
    CHECK(dangers(shown.out) == nothing);
    CHECK(dangers(shown.err) == nothing);
    directory.write("change.patch", shown.out);
    CHECK(git(directory, {"apply", "change.patch"}).err.empty());
    const std::string patched = readFile(directory.path() / "1_a.sql");
    if (shown.out.starts_with("# 1_a.sql\n")) {
      CHECK(patched == text);
      CHECK(shown.err.find("the patch of '1_a.sql' cannot be applied") != std::string::npos);
    } else {
      CHECK(patched == "\n" + text.substr(text.find('\n') + 1));
      CHECK(shown.err.empty());
    }
    CHECK(readFile(directory.path() / "2_b.sql") == "\nSELECT 1;\n");
  }
}

TEST_CASE("a patch names its file as git does") {
  for (const std::string &form : hostileForms()) {
    INFO(told(form));
    TemporaryDirectory directory;
    const std::string name = fileName(form) + ".sql";
    directory.write(name, unused);
    Outcome shown = runLockstep({"check", "./" + name, "--diff"}, directory.path());
    CHECK(shown.status == 1);
    CHECK(dangers(shown.out) == nothing);
    directory.write("change.patch", shown.out);
    CHECK(git(directory, {"apply", "change.patch"}).err.empty());
    CHECK(readFile(directory.path() / name) == "\nSELECT 1;\n");
  }
}
