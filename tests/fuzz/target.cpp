#include "fuzz/target.hpp"

#include "engine/runner.hpp"
#include "fuzz/config.hpp"
#include "fuzz/disturb.hpp"
#include "fuzz/git.hpp"
#include "fuzz/inclusion.hpp"
#include "history/formats/format.hpp"
#include "rules/registry.hpp"
#include "sql/script.hpp"
#include "sql/text/psql_mask.hpp"

#include <cstdint>

namespace lockstep::test {

using namespace rules;

/// A mask may blank and replace, but nothing may move.
static void checkMask(std::string_view text) {
  const MaskedText masked = maskPsql(text);
  require(masked.text.size() == text.size(), "masked text has the text's length");
  for (size_t i = 0; i < text.size(); ++i)
    if (masked.text[i] == '\n')
      require(text[i] == '\n', "masking makes no lines");
}

static void checkRange(Range range, std::string_view text) {
  require(range.begin <= range.end && range.end <= text.size(), "ranges lie within the text");
}

size_t fuzzOne(std::string_view text, unsigned choice) {
  checkMask(text);
  fuzzGit(text, choice);
  fuzzConfig(text, choice);
  fuzzInclusion(text, choice);
  History history;
  history.format = formats()[choice % formats().size()];
  history.framework = history.format->name;
  history.execution = history.format->model;
  history.path = "db";
  Migration &migration = history.migrations.emplace_back();
  migration.version = "1";
  migration.files.push_back({.path = "db/1_a.sql"});

  static const FileSelections selections(
      *Selection::make(allRules(), SelectionRequest{.select = {"all"}}));
  static const RuleSettings settings;
  SimulationOptions options;
  options.effects.postgres = 14 + static_cast<int>(choice / formats().size() % 5);
  Reporting reporting;
  reporting.down = choice % 2 == 1;
  Runner runner(selections, settings, options.effects.postgres);
  (void)simulate(
      history, options, reporting,
      [&](const std::string &) -> Result<std::string> { return std::string(text); }, runner.sink());
  const RunResult result = runner.join(runner.take());
  for (const Finding &finding : result.findings) {
    checkRange(finding.range, text);
    checkRange(finding.statement, text);
    for (const Fix &fix : finding.fixes)
      for (const Edit &edit : fix.edits)
        checkRange(edit.range, text);
  }
  for (const Notice &notice : result.notices)
    checkRange(notice.range, text);
  return result.findings.size();
}

} // namespace lockstep::test

/// For libFuzzer and its like.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  lockstep::test::fuzzOne({reinterpret_cast<const char *>(data) + 1, size - 1}, data[0]);
  return 0;
}
