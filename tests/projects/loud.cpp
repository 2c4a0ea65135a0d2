// Checks fixtures/projects/loud: what each file says of itself in its line `-- wrong: RULE, RULE`
// is exactly what the check finds in it.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <sstream>

using namespace lockstep::test;
namespace fs = std::filesystem;
using nlohmann::json;

static const fs::path loud = "fixtures/projects/loud";

/// The rules found in a file, once per finding.
using Rules = std::multiset<std::string>;

/// The rules that the file's head names, and how many such lines it has.
static std::pair<Rules, int> namedIn(const fs::path &file) {
  constexpr std::string_view mark = "-- wrong: ";
  std::pair<Rules, int> named;
  std::istringstream text(readFile(file));
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with(mark))
      continue;
    ++named.second;
    std::istringstream rules(line.substr(mark.size()));
    for (std::string rule; std::getline(rules >> std::ws, rule, ',');)
      if (rule != "nothing")
        named.first.insert(rule);
  }
  return named;
}

static std::string wordsOf(const Rules &rules) {
  std::string words;
  for (const std::string &rule : rules)
    words += (words.empty() ? "" : ", ") + rule;
  return words.empty() ? "nothing" : words;
}

static std::map<std::string, Rules> found() {
  Outcome outcome = runLockstep({"check", loud.string(), "--format", "json"}, ".");
  INFO(outcome.err);
  REQUIRE(outcome.status == 1);
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE_FALSE(document.is_discarded());
  std::map<std::string, Rules> rules;
  for (const json &finding : document.at("findings"))
    rules[finding.at("file").get<std::string>()].insert(finding.at("rule").get<std::string>());
  return rules;
}

TEST_CASE("each file of the loud projects has what it says is wrong with it, and nothing else") {
  std::map<std::string, Rules> rules = found();
  int files = 0;
  for (const fs::directory_entry &entry : fs::recursive_directory_iterator(loud)) {
    if (entry.path().extension() != ".sql")
      continue;
    ++files;
    std::string file = entry.path().generic_string();
    INFO(file);
    auto [named, lines] = namedIn(entry.path());
    CHECK(lines == 1);
    CHECK(wordsOf(rules[file]) == wordsOf(named));
    rules.erase(file);
  }
  CHECK(files >= 120);
  for (const auto &[file, more] : rules)
    FAIL_CHECK(file << ": " << wordsOf(more));
}
