// What is known of the sizes of tables, and what findings make of it.
#include "support/json_schema.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace lockstep::test;
using nlohmann::json;

static void writeHistory(const TemporaryDirectory &directory) {
  directory.write("db/1_base.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, state text);\n"
                                   "CREATE TABLE countries (code text PRIMARY KEY, name text);\n");
  directory.write("db/2_index.sql", "CREATE INDEX orders_state ON orders (state);\n"
                                    "CREATE INDEX countries_name ON countries (name);\n");
}

/// "severity: message" of each finding about the second migration.
static std::vector<std::string> findings(const TemporaryDirectory &directory,
                                         const std::string &config) {
  directory.write(".lockstep.yaml",
                  "histories:\n  - path: db\n    execution: autocommit\n" + config);
  Outcome outcome = runLockstep({"check", "--format", "json"}, directory.path());
  INFO(outcome.err);
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE(document.is_object());
  std::vector<std::string> list;
  for (const json &finding : document["findings"])
    list.push_back(finding["severity"].get<std::string>() + ": " +
                   finding["message"].get<std::string>());
  return list;
}

static const std::string orders = "error: building index 'orders_state' reads all of 'orders'; "
                                  "SHARE blocks writes while it runs";
static const std::string countries = "building index 'countries_name' reads all of 'countries'; "
                                     "SHARE blocks writes while it runs";

using List = std::vector<std::string>;

TEST_CASE("declared sizes") {
  TemporaryDirectory directory;
  writeHistory(directory);
  CHECK(findings(directory, "") == List{orders, "error: " + countries});
  CHECK(findings(directory, "tables: {small: countries, large: [public.orders]}\n") ==
        List{orders + "; public.orders is declared large",
             "info: " + countries + "; public.countries is declared small"});
}

TEST_CASE("measured sizes") {
  TemporaryDirectory directory;
  writeHistory(directory);
  const std::string sizes =
      R"([{"relation": "public.orders", "rows": 52000000, "bytes": 12884901888,
                       "writes_per_second": 240.4},
                      {"relation": "public.countries", "rows": 249, "bytes": 40960}])";
  CHECK(schemaFaults("schemas/stats.schema.json", sizes) == std::vector<std::string>{});
  directory.write("db/sizes.json", sizes);
  CHECK(findings(directory, "stats: db/sizes.json\n") ==
        List{orders + "; public.orders has 52,000,000 rows, 12 GB, 240 writes a second",
             "info: " + countries + "; public.countries has 249 rows, 40 kB"});
  SECTION("what is declared holds over it") {
    CHECK(findings(directory, "stats: db/sizes.json\ntables: {large: [countries]}\n")[1] ==
          "error: " + countries + "; public.countries has 249 rows, 40 kB");
  }
  SECTION("the bounds can be moved") {
    CHECK(findings(directory, "stats: db/sizes.json\ntables: {small_below: 200}\n")[1] ==
          "error: " + countries + "; public.countries has 249 rows, 40 kB");
  }
  SECTION("a severity that the user gave stays") {
    CHECK(findings(directory, "stats: db/sizes.json\n"
                              "severity: {create-index-non-concurrently: error}\n")[1]
              .starts_with("error: "));
  }
  SECTION("a history may have sizes of its own") {
    directory.write("db/other.json", R"([{"relation": "public.orders", "rows": 3}])");
    directory.write(".lockstep.yaml", "stats: db/sizes.json\nhistories:\n  - path: db\n    "
                                      "execution: autocommit\n    stats: db/other.json\n");
    Outcome outcome = runLockstep({"check", "--format", "concise"}, directory.path());
    CHECK(outcome.out.find("info: building index 'orders_state'") != std::string::npos);
    CHECK(outcome.out.find("error: building index 'countries_name'") != std::string::npos);
  }
}

TEST_CASE("a risk is an error on a large table") {
  TemporaryDirectory directory;
  directory.write("db/1_base.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, state text);\n");
  directory.write("db/2_change.sql", "CREATE INDEX CONCURRENTLY orders_state ON orders (state);\n");
  CHECK(findings(directory, "session: {statement_timeout: 1min}\n"
                            "select: [concurrent-index-with-statement-timeout]\n"
                            "tables: {large: orders}\n")
            .at(0)
            .starts_with("error: statement_timeout of 1min ends the concurrent build"));
}

TEST_CASE("a file of sizes that is none is a mistake of the configuration") {
  TemporaryDirectory directory;
  writeHistory(directory);
  directory.write("sizes.json", R"([{"relation": "a", "rows": "many"}])");
  directory.write(".lockstep.yaml", "stats: sizes.json\n");
  Outcome outcome = runLockstep({"check"}, directory.path());
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find(".lockstep.yaml:1:8: ") != std::string::npos);
  CHECK(outcome.err.find("sizes.json: entry 1 has a \"rows\" that is no number") !=
        std::string::npos);
  directory.write(".lockstep.yaml", "stats: gone.json\n");
  outcome = runLockstep({"check"}, directory.path());
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("gone.json") != std::string::npos);
}

TEST_CASE("what sessions start with holds until the history sets it") {
  TemporaryDirectory directory;
  directory.write("db/1_base.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);\n");
  directory.write("db/2_change.sql", "ALTER TABLE orders ADD COLUMN note text;\n");
  const std::string select = "select: [missing-lock-timeout]\n";
  CHECK(findings(directory, select).size() == 1);
  CHECK(findings(directory, select + "session: {lock_timeout: 5s}\n").empty());
  CHECK(findings(directory, select + "session: {lock_timeout: 0}\n").size() == 1);
  directory.write("db/2_change.sql", "SET lock_timeout = 0;\nRESET lock_timeout;\n"
                                     "ALTER TABLE orders ADD COLUMN note text;\n");
  CHECK(findings(directory, select + "session: {lock_timeout: 5s}\n").empty());
}

TEST_CASE("a rule's numbers can be set") {
  TemporaryDirectory directory;
  directory.write("db/1_base.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, state text);\n");
  directory.write("db/2_change.sql", "CREATE INDEX CONCURRENTLY orders_state ON orders (state);\n");
  const std::string config = "select: [concurrent-index-with-statement-timeout]\n"
                             "session: {statement_timeout: 20min}\n";
  CHECK(findings(directory, config).empty());
  CHECK(findings(directory, config + "options:\n  concurrent-index-with-statement-timeout: "
                                     "{minutes: 60}\n")
            .size() == 1);
  directory.write(".lockstep.yaml", "options:\n  concurrent-index-with-statement-timeout: "
                                    "{minute: 60}\n");
  Outcome outcome = runLockstep({"check"}, directory.path());
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("unknown option 'minute'; did you mean 'minutes'?") != std::string::npos);
}
