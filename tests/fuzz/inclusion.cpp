#include "fuzz/inclusion.hpp"

#include "engine/runner.hpp"
#include "fuzz/disturb.hpp"
#include "history/formats/format.hpp"
#include "rules/registry.hpp"

#include <map>
#include <string>

namespace lockstep::test {

using namespace rules;

void fuzzInclusion(std::string_view text, unsigned choice) {
  const std::map<std::string, std::string> files{
      {"db/1_a.sql", disturbed("\\ir a.txt\nDROP TABLE t;\n\\i b.sql\n\\ir 'x/../b.sql'\n"
                               "\\connect other\n\\i db/b.sql\n",
                               text, choice)},
      {"db/a.txt",
       disturbed("CREATE TABLE t (a int);\n\\ir b.sql\nBEGIN;\n\\ir b.sql\n", text, choice / 2)},
      {"db/b.sql", disturbed("ALTER TABLE t ADD b int;\n\\ir a.txt\nCOMMIT;\n", text, choice / 3)}};
  History history;
  history.format = formatNamed("psql");
  history.framework = "psql";
  history.execution = history.format->model;
  history.path = "db";
  Migration &migration = history.migrations.emplace_back();
  migration.version = "1";
  for (const auto &[path, unused] : files)
    migration.files.push_back({.path = path, .included = path != "db/1_a.sql"});

  static const FileSelections selections(
      *Selection::make(allRules(), SelectionRequest{.select = {"all"}}));
  static const RuleSettings settings;
  SimulationOptions options;
  options.effects.postgres = 14 + static_cast<int>(choice % 5);
  Runner runner(selections, settings, options.effects.postgres);
  (void)simulate(
      history, options, Reporting(),
      [&](const std::string &path) -> Result<std::string> { return files.at(path); },
      runner.sink());
  const RunResult result = runner.join(runner.take());
  const auto check = [&](const std::string &file, Range range) {
    const size_t size = file.empty() ? 0 : files.at(file).size();
    require(range.begin <= range.end && range.end <= size, "places lie within their file");
  };
  for (const Finding &finding : result.findings) {
    check(finding.file, finding.range);
    for (const Label &label : finding.related)
      check(label.file, label.range);
  }
  for (const Notice &notice : result.notices)
    check(notice.file, notice.range);
}

} // namespace lockstep::test
