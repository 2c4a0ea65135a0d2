#include "support/replay.hpp"

#include "catalog/apply/apply.hpp"

#include <catch2/catch_test_macros.hpp>

namespace lockstep::test {
using namespace catalog;

Replay &Replay::run(std::string_view sql) {
  const Script script = parseScript(sql);
  for (const ScriptProblem &problem : script.problems)
    FAIL("syntax: " << problem.message);
  for (const auto &statement : script.statements) {
    Origin origin;
    origin.migration = 1;
    origin.statement = origin.transaction = ++statements;
    const ApplyResult result = apply(catalog, *statement, origin, postgres);
    for (const Refusal &refusal : result.refusals)
      refusals.push_back(refusal.sqlstate + " " + refusal.message);
  }
  return *this;
}

const Relation &Replay::table(std::string_view name) const {
  const Relation *found = catalog.findRelation({{}, std::string(name), {}});
  REQUIRE(found);
  return *found;
}

static std::string lines(const std::vector<std::string> &all) {
  std::string text;
  for (const std::string &line : all)
    text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::string refusalsOf(std::string_view setup, std::string_view sql, int version) {
  Replay replay(setup, version);
  CHECK(lines(replay.refusals) == "");
  replay.refusals.clear();
  const std::string before = replay.text();
  replay.run(sql);
  return lines(replay.refusals);
}

std::string after(std::string_view sql, int version) {
  const Replay replay(sql, version);
  CHECK(lines(replay.refusals) == "");
  return "\n" + replay.text();
}

} // namespace lockstep::test
