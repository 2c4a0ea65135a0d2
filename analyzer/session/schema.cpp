#include "base/text.hpp"
#include "session/scope.hpp"

#include <algorithm>

namespace lockstep {

static bool hasVersion(const History &history, const std::string &version) {
  return std::any_of(history.migrations.begin(), history.migrations.end(),
                     [&](const Migration &migration) { return migration.version == version; });
}

/// Refuses a version that no history has, naming the nearest that there is.
static std::optional<Error> findVersion(const std::vector<History> &histories,
                                        const std::string &version) {
  std::vector<std::string_view> known;
  for (const History &history : histories) {
    if (version.empty() || hasVersion(history, version))
      return std::nullopt;
    for (const Migration &migration : history.migrations)
      known.push_back(migration.version);
  }
  if (histories.empty())
    return std::nullopt; // Which the reach tells.
  const std::string_view near = nearest(version, known);
  return Error{"no migration has the version '" + version + "'" +
               (near.empty() ? std::string() : "; did you mean '" + std::string(near) + "'?")};
}

/// The history up to and with a version; all of it where it is empty.
static History upTo(const History &history, const std::string &version) {
  if (version.empty())
    return history;
  const auto after = comesAfter(history, version);
  History cut = history;
  cut.migrations.clear();
  for (const Migration &migration : history.migrations)
    if (!after(migration))
      cut.migrations.push_back(migration);
  return cut;
}

Result<SchemaOutcome> runSchema(const Settings &settings, const Scope &scope,
                                const SchemaRequest &request) {
  Result<Discovery> discovery = discoverScope(settings, scope);
  if (!discovery)
    return discovery.error();
  for (const std::string &version : {request.at, request.from})
    if (std::optional<Error> error = findVersion(discovery->histories, version))
      return *error;
  FileReader read = readerOf(scope);
  SchemaOutcome outcome;
  outcome.reach = {std::move(discovery->unmatched), std::move(discovery->unreadable)};
  SchemaResult &result = outcome.result;
  result.postgres = settings.postgres.first;
  result.notices = std::move(discovery->notices);
  for (const History &whole : discovery->histories) {
    int postgres = versionsOf(settings, whole).first;
    const History history = upTo(whole, request.at);
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
    HistorySchema schema;
    schema.history = infoOf(history);
    schema.catalog = simulate(history, options, read, sink);
    noteIncomplete(history, schema.catalog, result.notices);
    if (request.diff) {
      schema.from = request.from;
      schema.to = request.at;
      History earlier = upTo(whole, request.from);
      if (request.from.empty())
        earlier.migrations.clear();
      schema.before = simulate(earlier, simulationOf(settings, scope, earlier, postgres), read, {});
    }
    result.histories.push_back(std::move(schema));
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
