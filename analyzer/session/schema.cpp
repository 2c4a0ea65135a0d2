#include "session/scope.hpp"

namespace lockstep {

Result<SchemaOutcome> runSchema(const Settings &settings, const Scope &scope) {
  Result<Discovery> discovery = discoverScope(settings, scope);
  if (!discovery)
    return discovery.error();
  FileReader read = readerOf(scope);
  SchemaOutcome outcome;
  outcome.reach = {std::move(discovery->unmatched), std::move(discovery->unreadable)};
  SchemaResult &result = outcome.result;
  result.postgres = settings.postgres.first;
  result.notices = std::move(discovery->notices);
  for (const History &history : discovery->histories) {
    int postgres = versionsOf(settings, history).first;
    SimulationOptions options = simulationOf(settings, scope, history, postgres);
    SimulationSink sink;
    sink.file = [&](const FileReading &reading) {
      for (const ScriptProblem &problem : reading.problems)
        if (!problem.statement.empty())
          result.notices.push_back({"unanalyzed", "not analysed: " + problem.message,
                                    reading.file->path, problem.where});
    };
    sink.unreadable = [&](const std::string &path, const Error &error) {
      result.notices.push_back({"unanalyzed", "not read: " + error.message, path, {}});
    };
    Catalog end = simulate(history, options, read, sink);
    noteIncomplete(history, end, result.notices);
    result.histories.push_back({infoOf(history), std::move(end)});
  }
  completeSources({}, result.notices, read, result.sources);
  return outcome;
}

void merge(SchemaOutcome &into, SchemaOutcome &&more) {
  append(into.reach.unmatched, more.reach.unmatched);
  append(into.reach.unreadable, more.reach.unreadable);
  append(into.result.histories, more.result.histories);
  append(into.result.notices, more.result.notices);
  into.result.sources.merge(more.result.sources);
}

} // namespace lockstep
