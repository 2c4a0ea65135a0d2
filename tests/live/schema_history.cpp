// schema_history PATH POSTGRES [SKIPPED]
//
// Applies the histories under PATH to an empty catalog each, statement by statement, each in a
// transaction of its own, and prints JSON, a line each:
//   {"history": PATH, "framework": …}
//   {"statement": N, "file": …, "line": …, "kind": …, "sql": …, "starts": BOOL, "refused": …}
//   {"schema": SQL, "incomplete": BOOL}
// "starts" says that a session starts before the statement. SKIPPED names a file with lines
// "HISTORY N": statements whose outcome is not kept.

#include "base/text.hpp"
#include "catalog/apply/apply.hpp"
#include "ddl/dump/dump.hpp"
#include "session/scope.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace lockstep::session;
using Json = nlohmann::ordered_json;

namespace {
struct Recorded {
  std::shared_ptr<const Statement> statement;
  std::string file;
  std::string sql;
  size_t line = 0;
  Origin origin;
};
} // namespace

static void print(const Json &json) {
  std::puts(json.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

static Recorded record(const StatementStep &step) {
  Recorded recorded;
  recorded.statement = step.statement;
  recorded.origin = step.origin;
  if (step.file)
    recorded.file = step.file->path;
  if (step.source) {
    const Range where = step.statement->range;
    recorded.sql = step.source->text.substr(where.begin, where.size());
    recorded.line = static_cast<size_t>(
        std::count(step.source->text.begin(),
                   step.source->text.begin() + static_cast<std::ptrdiff_t>(where.begin), '\n') +
        1);
  }
  return recorded;
}

static void replay(const std::vector<Recorded> &statements, int postgres,
                   const std::set<unsigned> &skipped) {
  Catalog catalog;
  unsigned number = 0;
  uint32_t migration = 0;
  for (const Recorded &recorded : statements) {
    ++number;
    const bool starts = recorded.origin.migration != migration;
    migration = recorded.origin.migration;
    if (starts) { // A session of its own.
      SetVariable reset;
      reset.reset = true;
      Statement all;
      all.ops.emplace_back(reset);
      (void)apply(catalog, all, recorded.origin, postgres);
    }
    const Catalog before = catalog;
    const ApplyResult result = apply(catalog, *recorded.statement, recorded.origin, postgres);
    Json json{{"statement", number},   {"file", recorded.file},
              {"line", recorded.line}, {"kind", std::string(recorded.statement->kind)},
              {"sql", recorded.sql},   {"starts", starts}};
    if (!result.refusals.empty())
      json["refused"] = result.refusals.front().sqlstate + " " + result.refusals.front().message;
    print(json);
    if (skipped.count(number))
      catalog = before;
    else
      endTransaction(catalog, before, true);
  }
  print({{"schema", lockstep::ddl::schemaSql(catalog, postgres)},
         {"incomplete", catalog.incompleteSince() != nullptr}});
}

int main(int count, char **arguments) {
  if (count < 3)
    return 2;
  const int postgres = std::atoi(arguments[2]);
  std::map<unsigned, std::set<unsigned>> skipped;
  if (count > 3) {
    std::ifstream numbers(arguments[3]);
    unsigned history = 0, statement = 0;
    while (numbers >> history >> statement)
      skipped[history].insert(statement);
  }
  Settings settings;
  settings.postgres = {postgres, postgres};
  Scope scope;
  scope.paths = {arguments[1]};
  Result<Discovery> discovery = discoverScope(settings, scope);
  if (!discovery) {
    std::fputs((discovery.error().message + "\n").c_str(), stderr);
    return 2;
  }
  unsigned index = 0;
  for (const auto &[history, wanted] : discovery->histories) {
    print({{"history", history.path}, {"framework", history.framework}});
    std::vector<Recorded> statements;
    SimulationSink sink;
    sink.passing = [&](const StatementStep &step) { statements.push_back(record(step)); };
    sink.change_set = [&](const std::shared_ptr<const ChangeSet> &set) {
      for (const StatementStep &step : set->statements)
        if (!step.enclosing)
          statements.push_back(record(step));
    };
    (void)simulate(history, simulationOf(settings, scope, history, postgres),
                   reportingOf(scope, history, wanted), readerOf(scope), sink);
    std::stable_sort(statements.begin(), statements.end(),
                     [](const Recorded &a, const Recorded &b) {
                       return a.origin.statement < b.origin.statement;
                     });
    replay(statements, postgres, skipped[index++]);
  }
  return 0;
}
