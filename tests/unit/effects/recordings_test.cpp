// What real servers of every version did for each statement of fixtures/effects, against the model.

#include "catalog/apply/apply.hpp"
#include "effects/effects.hpp"
#include "sql/script.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

using nlohmann::json;

namespace lockstep::test {
using namespace effects;

namespace {

/// A case for which the model knowingly says something else than the recording.
struct KnownDifference {
  std::string_view id;
  std::string_view reason;
};

} // namespace

static constexpr std::string_view not_measured = "it never waits, so its locks cannot be seen";
static constexpr std::string_view enum_rule = "a rule foresees it, the catalog does not";

static constexpr std::array known_differences{
    KnownDifference{"idx-create-concurrently-unique-violated", "it fails for its data"},
    KnownDifference{"mnt-vacuum-skip-locked", not_measured},
    KnownDifference{"dml-copy-from-part", "the rows decide which partitions are touched"},
    KnownDifference{"column-identity-add-and-not-null", "the rows decide"},
    KnownDifference{"merge-all-actions", "the rows decide which keys are checked"},
    KnownDifference{"generated-stored-source-widened", "14 refuses it with another SQLSTATE"},
    KnownDifference{"fact-enum-value-used-at-once", enum_rule},
    KnownDifference{"fact-enum-value-of-new-type", enum_rule},
    KnownDifference{"dml-do-if", "code under IF is taken to run"},
    KnownDifference{"seq-setval-sub", "scans by sub-selects are not told"},
    KnownDifference{"type-using-case-other-type", "types of other columns are not followed"},
};

using Names = std::set<std::string>;

/// Without the schema public and quotes, as the recordings name relations.
static std::string shortName(std::string name) {
  constexpr std::string_view schema = "public.";
  if (name.starts_with(schema))
    name.erase(0, schema.size());
  std::erase(name, '"');
  return name;
}

static std::string abbreviation(LockMode mode) {
  constexpr std::array<std::string_view, 9> names{"",  "AS",  "RS", "RE", "SUE",
                                                  "S", "SRE", "E",  "AE"};
  return std::string(names.at(static_cast<size_t>(mode)));
}

/// What the statement of a case does, in the words of the recordings.
struct Outcome {
  std::map<std::string, std::string> locks;
  Names rewrites;
  Names builds;
  Names scans;
  bool in_transaction = true;
};

static void run(Catalog &catalog, const std::string &sql, int postgres) {
  Origin origin;
  origin.migration = origin.transaction = 1;
  for (const auto &statement : parseScript(sql).statements)
    apply(catalog, *statement, origin, postgres);
}

/// Names of relations that `before` does not hold under their identity are left out: the session
/// made them just before the statement.
static void add(Outcome &outcome, const Effects &effects, const Catalog &before) {
  for (const Lock &lock : effects.locks)
    if (lock.relation.id == ObjectId::none || before.relation(lock.relation.id))
      outcome.locks[shortName(lock.relation.name)] = abbreviation(lock.mode);
  for (const Rewrite &rewrite : effects.rewrites)
    outcome.rewrites.insert(shortName(rewrite.relation.name));
  for (const IndexBuild &build : effects.index_builds)
    outcome.builds.insert(shortName(build.index.name));
  for (const Scan &scan : effects.scans)
    outcome.scans.insert(shortName(scan.relation.name));
  outcome.in_transaction = outcome.in_transaction && effects.in_transaction;
}

static Outcome outcomeOf(const json &each, const std::string &setup, int postgres) {
  Catalog catalog;
  run(catalog, setup, postgres);
  const Catalog before = catalog;
  std::string session = "SET timezone = 'UTC'";
  if (each.contains("session")) {
    session.clear();
    for (const json &statement : each["session"])
      session += statement.get<std::string>() + ";\n";
  }
  run(catalog, session, postgres);
  std::string sql = each["statement"];
  if (const size_t at = sql.find("{db}"); at != std::string::npos)
    sql.replace(at, 4, "postgres");
  Outcome outcome;
  EffectOptions options;
  options.postgres = postgres;
  for (const auto &statement : parseScript(sql).statements)
    add(outcome, effectsOf(*statement, catalog, options).total(), before);
  return outcome;
}

static Names namesIn(const json &recorded, const char *field) {
  return recorded.value(field, Names{});
}

/// Scans by queries depend on the planner: only those of schema changes are compared. Where the
/// recording has small tables it may have seen fewer of them.
static bool agreesOnScans(const json &each, const Outcome &outcome, const Names &recorded) {
  if (each["id"].get<std::string>().starts_with("dml") || each.contains("planned"))
    return true;
  if (each.contains("scans"))
    return std::includes(outcome.scans.begin(), outcome.scans.end(), recorded.begin(),
                         recorded.end());
  return outcome.scans == recorded;
}

/// A statement that the server refused: the catalog refuses it with the same SQLSTATE, too.
static void checkRefusal(const json &each, const std::string &setup, int postgres,
                         const std::string &sqlstate) {
  Catalog catalog;
  run(catalog, setup, postgres);
  const Script script = parseScript(each["statement"].get<std::string>());
  if (!script.problems.empty())
    return; // The grammar itself refuses it.
  std::set<std::string> refusals;
  for (const auto &statement : script.statements)
    for (const Refusal &refusal : apply(catalog, *statement, Origin{}, postgres).refusals)
      refusals.emplace(refusal.sqlstate);
  CHECK(refusals == std::set<std::string>{sqlstate});
}

static void checkCase(const json &each, const std::string &setup) {
  for (const auto &[versions, recorded] : each["on"].items()) {
    const int first = std::stoi(versions), last = std::stoi(versions.substr(versions.size() - 2));
    for (int postgres = first; postgres <= last; ++postgres) {
      INFO(each["id"].get<std::string>()
           << " on " << postgres << ": " << each["statement"].get<std::string>());
      if (recorded.contains("error")) {
        checkRefusal(each, setup, postgres, recorded["error"]);
        continue;
      }
      const Outcome outcome = outcomeOf(each, setup, postgres);
      CHECK(outcome.locks == recorded.value("locks", std::map<std::string, std::string>{}));
      CHECK(outcome.rewrites == namesIn(recorded, "rewrites"));
      CHECK(outcome.builds == namesIn(recorded, "builds"));
      const Names scans = namesIn(recorded, "scans");
      INFO("scans " << json(outcome.scans).dump() << " recorded " << json(scans).dump());
      CHECK(agreesOnScans(each, outcome, scans));
      CHECK(outcome.in_transaction == recorded.value("in_transaction", true));
    }
  }
}

static bool isKnownDifference(const std::string &id) {
  return std::any_of(known_differences.begin(), known_differences.end(),
                     [&](const KnownDifference &known) { return known.id == id; });
}

TEST_CASE("effects agree with the recordings of real servers") {
  size_t cases = 0;
  for (const auto &file : std::filesystem::directory_iterator("fixtures/effects")) {
    if (file.path().extension() != ".json")
      continue;
    std::ifstream in(file.path());
    const json family = json::parse(in);
    for (const json &each : family["cases"]) {
      ++cases;
      const std::string setup = each.contains("setup") ? family["setups"][each["setup"]] : json("");
      if (!isKnownDifference(each["id"]))
        checkCase(each, setup);
    }
  }
  CHECK(cases > 1000);
}

} // namespace lockstep::test
