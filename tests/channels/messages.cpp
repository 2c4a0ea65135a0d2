// What goes wrong is told on standard error with the words that were given.
#include "channels/forms.hpp"
#include "channels/scan.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace lockstep::test;
using nlohmann::json;

using Words = std::vector<std::string>;

static const Words nothing;

static Outcome ask(const TemporaryDirectory &directory, const Words &arguments,
                   std::string_view input = {}) {
  std::string line;
  for (const std::string &argument : arguments)
    line += told(argument.substr(0, 60)) + " ";
  INFO(line);
  Outcome outcome = runLockstep(arguments, directory.path(), input);
  Words found = dangers(outcome.out);
  for (const std::string &danger : dangers(outcome.err))
    found.push_back(danger);
  found.resize(std::min<size_t>(found.size(), 5));
  CHECK(found == nothing);
  return outcome;
}

TEST_CASE("words of the command line") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "DROP TABLE t;\n");
  directory.write(".git/HEAD", "ref: refs/heads/main\n");
  for (const std::string &word : {"\n" + allForms("\n"), allForms(" ")}) {
    for (const char *option :
         {"--since", "--start-after", "--framework", "--execution", "--postgres", "--select",
          "--ignore", "--severity", "--fail-on", "--max-warnings", "--baseline", "--format",
          "--config", "--direction", "--jobs", "--color", "--exclude"}) {
      Outcome outcome = ask(directory, {"check", "1_a.sql", option, word});
      if (option != std::string_view("--exclude"))
        CHECK(outcome.status == 2);
      // One line: what is in a word forges no other one.
      CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') ==
            (option == std::string_view("--exclude") ? 0 : 1));
    }
    CHECK(ask(directory, {"check", "--severity", word + "=error", "."}).status == 2);
    CHECK(ask(directory, {"check", "--output", "json=no/" + word.substr(0, 99), "."}).status == 2);
    CHECK(ask(directory, {"check", word}).status == 2);
    CHECK(ask(directory, {"check", "--fix=" + word}).status == 2);
    CHECK(ask(directory, {"check", "--fix" + word, "1_a.sql"}).status == 2);
    CHECK(ask(directory, {"schema", ".", "--at", word}).status == 2);
    CHECK(ask(directory, {"schema", ".", "--diff", word + ".." + word}).status == 2);
    CHECK(ask(directory, {word}).status == 2);
    for (const char *command : {"explain", "rules", "version", "manual", "completions", "baseline",
                                "init", "config", "effects"})
      (void)ask(directory, {command, word});
    CHECK(ask(directory, {"check", "-", "--stdin-filename", word}, "DROP TABLE t;\n").status == 1);
  }
}

TEST_CASE("configurations") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "DROP TABLE t;\n");
  directory.write("other/2_b.sql", "DROP TABLE t;\n");
  std::string keys, values;
  for (const std::string &form : hostileForms()) {
    const std::string text = json(form).dump(-1, ' ', true, json::error_handler_t::replace);
    keys += text + ": 1\n";
    values += "  - {path: " + text + ", framework: " + text + ", base_schema: " + text + "}\n";
  }
  const std::string form = json(allForms("\n")).dump(-1, ' ', true, json::error_handler_t::replace);
  for (const std::string &config :
       {keys, "histories:\n" + values, "select: [" + form + "]\n", "extends: " + form + "\n",
        "fail_on: " + form + "\n", "baseline: " + form + "\n", "since: " + form + "\n",
        "stats: " + form + "\n", "exclude: [" + form + "]\n",
        "session: {timezone: " + form + ", lock_timeout: " + form + "}\n",
        "tables: {large: [" + form + "]}\n",
        "suppressions:\n  - {rule: drop-table, path: 1_a.sql, reason: " + form + "}\n",
        "suppressions:\n  - {rule: " + form + ", path: " + form + ", reason: x}\n",
        "overrides:\n  - {paths: [" + form + "], ignore: [" + form + "]}\n",
        // As they are: no YAML.
        allForms("\n"), "a: [\n" + allForms("\n")}) {
    INFO(told(config.substr(0, 30)));
    directory.write(".lockstep.yaml", config);
    for (const Words &command : {Words{"check", ".", "--show-suppressed"}, Words{"config"},
                                 Words{"config", "--format", "json"}, Words{"effects", "."}})
      (void)ask(directory, command);
  }
}

TEST_CASE("baselines and what init writes") {
  TemporaryDirectory directory;
  for (const std::string &form : hostileForms())
    directory.write("histories/" + fileName(form) + "/migrations/V1__a.sql", "DROP TABLE t;\n");
  Outcome printed = ask(directory, {"init", "--stdout", "."});
  CHECK(printed.status == 0);
  // It holds, with every folder.
  directory.write(".lockstep.yaml", printed.out);
  Outcome files = ask(directory, {"check", "--show-files"});
  INFO(told(files.err));
  CHECK(files.status == 0);
  CHECK(std::count(files.out.begin(), files.out.end(), '\n') ==
        static_cast<std::ptrdiff_t>(hostileForms().size()));

  directory.write(".lockstep-baseline.json", allForms("\n"));
  CHECK(ask(directory, {"check", "."}).status == 2);
  json baseline{{"version", 1}, {"findings", json::array()}};
  for (const std::string &form : hostileForms())
    baseline["findings"].push_back({{"rule", form}, {"file", form}, {"fingerprint", form}});
  directory.write(".lockstep-baseline.json",
                  baseline.dump(1, ' ', false, json::error_handler_t::replace));
  for (const char *action : {"update", "prune", "create"})
    (void)ask(directory, {"baseline", action, "."});
  (void)ask(directory, {"check", ".", "--show-suppressed", "--select", "all"});
}
