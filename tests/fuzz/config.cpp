#include "fuzz/config.hpp"

#include "config/config.hpp"
#include "engine/baseline.hpp"
#include "engine/table_sizes.hpp"
#include "fuzz/disturb.hpp"
#include "rules/registry.hpp"

#include <string>

namespace lockstep::test {

using namespace config;

static const char *const full = R"(extends: [a.yaml, "b.yaml"]
histories:
  - path: db
    framework: goose
    execution: tx-file
    base_schema: schema.sql
    postgres: 15
    settings: {placeholderPrefix: '${'}
    runner: {files: "*.sql", up: "-- up", no_transaction: "-- alone"}
    stats: sizes.json
postgres: 14..17
select: [recommended, drop-table]
extend_select: strict
ignore:
- locking
severity: {drop-table: warning}
fail_on: error
exclude: [seed/**, "*.tmp"]
since: origin/main
baseline: b.json
overrides:
  - paths: [legacy/**]
    ignore: [locking]
suppressions:
  - {rule: drop-column, version: '0042', reason: nobody reads it, until: 2030-01-01}
session: {lock_timeout: 5s, timezone: UTC}
options: {unbatched-backfill: {rows: 10_000}}
tables: {large: [orders], small: [countries], large_from: 5, small_below: 2}
)";
static const char *const inner = "extends: [a.yaml, b.yaml]\nselect: &x [all]\nignore: |\n  a\n"
                                 "exclude: >-\n  b\n  c\n? since\n: \"\\u00e4\\x41\"\n";

static void checkReading(const ConfigReading &reading) {
  require(reading.files.size() <= 101 + 1, "extending has a bound");
  for (const ConfigProblem &problem : reading.problems) {
    require(problem.file < reading.files.size(), "a problem is one of a file");
    require(problem.where.begin <= problem.where.end &&
                problem.where.end <= reading.files[problem.file].text.size(),
            "places lie within their file");
  }
}

static void fuzzBaseline(std::string_view text, unsigned choice) {
  const std::string written = disturbed(
      R"({"version": 1, "findings": [
    {"file": "db/1_a.sql", "rule": "drop-table", "statement": "0123456789abcdef", "occurrence": 0},
    {"file": "db/2_b.sql", "rule": "drop-column", "statement": "0123456789abcdef", "occurrence": 1}
  ]})",
      text, choice);
  const Result<Baseline> read = Baseline::parse(written, "b.json");
  if (!read)
    return;
  const Result<Baseline> again = Baseline::parse(read->text(), "b.json");
  require(again && again->text() == read->text(), "a baseline is written as it was read");
}

static void fuzzSizes(std::string_view text, unsigned choice) {
  TableSizes sizes;
  (void)sizes.read(disturbed(R"([{"relation": "public.a", "rows": 1000000, "bytes": 12,
    "writes_per_second": 0.5}, {"relation": "b"}])",
                             text, choice),
                   "sizes.json");
  (void)sizes.describe("public.a");
}

void fuzzConfig(std::string_view text, unsigned choice) {
  const FileReader read = [&](const std::string &path) -> Result<std::string> {
    if (path.ends_with(".json"))
      return Error{"there is none"};
    return disturbed(inner, text, choice + static_cast<unsigned>(path.size()));
  };
  const SourceFile file{".lockstep.yaml", disturbed(full, text, choice)};
  checkReading(readConfig(file, rules::allRules(), read));
  checkReading(readConfig({".lockstep.yaml", std::string(text)}, rules::allRules(), read));
  fuzzBaseline(text, choice);
  fuzzSizes(text, choice);
}

} // namespace lockstep::test
