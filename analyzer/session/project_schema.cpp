#include "base/text.hpp"
#include "session/project.hpp"
#include "session/side_by_side.hpp"

#include <algorithm>
#include <optional>

namespace lockstep::session {

static bool hasVersion(const History &history, const std::string &version) {
  return std::any_of(history.migrations.begin(), history.migrations.end(),
                     [&](const Migration &migration) { return migration.version == version; });
}

/// Refuses a version that no history has, naming the nearest that there is.
static std::optional<Error> findVersion(const std::vector<FoundHistory> &histories,
                                        const std::string &version) {
  std::vector<std::string_view> known;
  for (const auto &[history, wanted] : histories) {
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

/// The history up to and with a version.
static FoundHistory upTo(const FoundHistory &whole, const std::string &version) {
  const auto after = comesAfter(whole.history, version);
  FoundHistory cut{whole.history, {}};
  std::erase_if(cut.history.migrations, [&, next = size_t{0}](const Migration &) mutable {
    return after(whole.history.migrations[next++]);
  });
  cut.wanted = FileSet(cut.history);
  size_t place = 0;
  for (size_t i = 0; i < whole.history.migrations.size(); ++i) {
    if (after(whole.history.migrations[i]))
      continue;
    for (size_t j = 0; j < whole.history.migrations[i].files.size(); ++j)
      if (whole.wanted.contains(i, j))
        cut.wanted.add(place, j);
    ++place;
  }
  return cut;
}

static void noteProblems(const std::vector<ScriptProblem> &problems, const std::string &path,
                         std::vector<Notice> &notices) {
  for (const ScriptProblem &problem : problems)
    if (problem.leavesOut())
      notices.push_back({"unanalyzed", "not analysed: " + problem.message, path, problem.where});
}

namespace {
/// What is to be told beside the schema.
struct Told {
  std::vector<Notice> notices;
  std::vector<std::string> unreadable; ///< What could not be read, and why: sentences.

  void noteUnreadable(const std::string &path, const Error &error) {
    notices.push_back({"unanalyzed", "not read: " + error.message, path, {}});
    unreadable.push_back(error.message);
  }
};
} // namespace

/// What a history leaves behind, and what could not be analysed.
static Catalog catalogOf(const Settings &settings, const Scope &scope, const FoundHistory &found,
                         Told &told) {
  const auto &[history, wanted] = found;
  SimulationSink sink;
  sink.file = [&](const FileReading &reading) {
    noteProblems(reading.problems, reading.file->path, told.notices);
  };
  sink.unreadable = [&](const std::string &path, const Error &error) {
    told.noteUnreadable(path, error);
  };
  const SimulationOptions options =
      simulationOf(settings, scope, history, versionsOf(settings, history).first);
  return simulate(history, options, reportingOf(scope, history, wanted), readerOf(scope), sink);
}

/// The same from the timeline of a history that lives, which begins as `found` does; nothing where
/// its files do not tell by themselves what could not be analysed.
static std::optional<Catalog> keptCatalogOf(const Scope &scope, const FoundHistory &found,
                                            HistoryCheck &living, Told &told) {
  const std::vector<Migration> &migrations = found.history.migrations;
  const Reporting reporting = reportingOf(scope, found.history, found.wanted);
  if (!reporting.up || reporting.down || !found.history.base_schema.empty())
    return std::nullopt;
  Told own;
  for (uint32_t i = 0; i < migrations.size(); ++i)
    for (uint32_t j = 0; j < migrations[i].files.size(); ++j) {
      const MigrationFile &file = migrations[i].files[j];
      if (file.direction == Direction::down)
        continue;
      Result<std::shared_ptr<const ParsedFile>> parsed = living.scripts().load(i, j);
      if (file.included || (parsed && (*parsed)->too_large))
        return std::nullopt;
      if (!parsed)
        own.noteUnreadable(file.path, parsed.error());
      else if (reporting.wants(i))
        noteProblems(reportedProblems((*parsed)->script, *(*parsed)->layout, reporting), file.path,
                     own.notices);
    }
  append(told.notices, own.notices);
  append(told.unreadable, own.unreadable);
  return living.timeline().catalogAfter(migrations.size());
}

static SchemaOutcome schemaOfOne(const Settings &settings, const Scope &scope,
                                 const FoundHistory &whole, HistoryCheck *living,
                                 const SchemaRequest &request) {
  SchemaOutcome outcome;
  Told told;
  const auto schemaAt = [&](const FoundHistory &cut, Told &about) {
    const std::vector<Migration> &migrations = cut.history.migrations;
    const bool is_start = living && std::equal(migrations.begin(), migrations.end(),
                                               living->history().migrations.begin(),
                                               living->history().migrations.begin() +
                                                   static_cast<std::ptrdiff_t>(migrations.size()));
    if (std::optional<Catalog> kept; is_start && (kept = keptCatalogOf(scope, cut, *living, about)))
      return *kept;
    return catalogOf(settings, scope, cut, about);
  };
  const FoundHistory cut = request.at.empty() ? whole : upTo(whole, request.at);
  HistorySchema schema;
  schema.history = infoOf(cut.history);
  schema.catalog = schemaAt(cut, told);
  if (const Origin *origin = schema.catalog.incompleteSince())
    noteIncomplete(cut.history, *origin, told.notices);
  if (request.diff) {
    schema.from = request.from;
    schema.to = request.at;
    FoundHistory earlier;
    if (request.from.empty()) {
      earlier.history = whole.history;
      earlier.history.migrations.clear();
      earlier.wanted = FileSet(earlier.history);
    } else {
      earlier = upTo(whole, request.from);
    }
    Told said_already;
    schema.before = schemaAt(earlier, said_already);
  }
  outcome.result.histories.push_back(std::move(schema));
  outcome.result.notices = std::move(told.notices);
  outcome.reach.unreadable = std::move(told.unreadable);
  return outcome;
}

Result<SchemaOutcome> Project::schema(const SchemaRequest &request) {
  Scope all = scope();
  all.changes_only = false;
  Result<Discovery> discovery = discoverScope(settings(), all);
  if (!discovery)
    return discovery.error();
  const std::vector<FoundHistory> &histories = discovery->histories;
  for (const std::string &version : {request.at, request.from})
    if (std::optional<Error> error = findVersion(histories, version))
      return *error;
  SchemaOutcome outcome;
  outcome.reach = reachOf(all, *discovery);
  outcome.result.postgres = settings().postgres.first;
  outcome.result.notices = std::move(discovery->notices);
  std::vector<size_t> sizes;
  for (const FoundHistory &found : histories)
    sizes.push_back(found.history.migrations.size());
  std::vector<SchemaOutcome> by_history(histories.size());
  sideBySide(scope().pool, sizes, [&](size_t place) {
    by_history[place] = schemaOfOne(settings(), all, histories[place],
                                    livingOne(histories[place].history), request);
  });
  for (SchemaOutcome &one : by_history)
    merge(outcome, std::move(one));
  completeSources({}, outcome.result.notices, readerOf(scope()), outcome.result.sources);
  return outcome;
}

} // namespace lockstep::session
