// Compares what lockstep makes of each folder of fixtures/formats with its expected.json:
// framework, order, units and their models, what is masked and skipped, and the traps that the
// rules report. The README.md beside it cites where the runner documents it. UPDATE_FIXTURES=1
// rewrites expected.json: read the difference before you keep it.
#include "base/line_index.hpp"
#include "base/text.hpp"
#include "config/config.hpp"
#include "history/formats/format.hpp"
#include "rules/registry.hpp"
#include "session/project.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace lockstep::session;
namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

namespace {
/// A file with its layout, described in lines.
class FileDescription {
public:
  FileDescription(const MigrationFile &file, std::string_view text, const FileLayout &layout)
      : file_(file), text_(text), layout_(layout), lines_(text) {}

  json describe() const {
    json described{{"path", file_.path}, {"units", json::array()}};
    for (const Unit &unit : layout_.units)
      described["units"].push_back(describe(unit));
    std::vector<Mask> masks = layout_.masks;
    std::stable_sort(masks.begin(), masks.end(),
                     [](const Mask &a, const Mask &b) { return a.range < b.range; });
    for (const Mask &mask : masks)
      if (!mask.range.empty())
        described["masks"].push_back({{"line", lines_.lineOf(mask.range.begin)},
                                      {"was", text_.substr(mask.range.begin, mask.range.size())},
                                      {"is", mask.text}});
    std::vector<RunnerProblem> problems = layout_.problems;
    std::stable_sort(
        problems.begin(), problems.end(),
        [](const RunnerProblem &a, const RunnerProblem &b) { return a.where < b.where; });
    for (const RunnerProblem &problem : problems)
      described["problems"].push_back(
          {{"line", lines_.lineOf(problem.where.begin)}, {"message", problem.message}});
    describeSkipped(described);
    return described;
  }

private:
  json describe(const Unit &unit) const {
    json described{{"direction", unit.direction == Direction::up ? "up" : "down"},
                   {"model", name(unit.model)},
                   {"lines", linesOf(text_, unit.section)}};
    if (!unit.name.empty())
      described["name"] = unit.name;
    if (!unit.model_reason.empty())
      described["reason"] = unit.model_reason;
    return described;
  }

  /// The lines of what is not blank in the range; empty where all is.
  std::string linesOf(std::string_view text, Range range) const {
    std::string_view inside = trim(text.substr(range.begin, range.size()));
    if (inside.empty())
      return "";
    auto begin = static_cast<uint32_t>(inside.data() - text.data());
    auto last = static_cast<uint32_t>(begin + inside.size() - 1);
    return std::to_string(lines_.lineOf(begin)) + "-" + std::to_string(lines_.lineOf(last));
  }

  /// What stands outside all units and is not masked, either.
  void describeSkipped(json &described) const {
    std::string masked = maskedText(text_, layout_, true, true);
    std::replace(masked.begin(), masked.end(), ';', ' ');
    uint32_t at = 0;
    auto skip = [&](uint32_t end) {
      if (std::string lines = at < end ? linesOf(masked, {at, end}) : ""; !lines.empty())
        described["skipped"].push_back(lines);
    };
    for (const Unit &unit : layout_.units) {
      skip(unit.section.begin);
      at = unit.section.end;
    }
    skip(static_cast<uint32_t>(text_.size()));
  }

  const MigrationFile &file_;
  std::string_view text_;
  const FileLayout &layout_;
  LineIndex lines_;
};
} // namespace

static json describe(const History &history, const Migration &migration) {
  json described{{"version", migration.version}, {"name", migration.name}};
  if (migration.repeatable)
    described["repeatable"] = true;
  for (const MigrationFile &file : migration.files) {
    Result<std::string> text = readFile(file.path);
    REQUIRE(text);
    FileLayout layout = layoutOf(history, file, *text);
    described["files"].push_back(FileDescription(file, *text, layout).describe());
  }
  return described;
}

static json describe(const History &history) {
  json described{{"path", history.path},
                 {"framework", history.framework},
                 {"detected_by", history.detected_by},
                 {"execution", name(history.execution)}};
  if (!history.base_schema.empty())
    described["base_schema"] = history.base_schema;
  for (const Migration &migration : history.migrations)
    described["migrations"].push_back(describe(history, migration));
  return described;
}

/// The fixture's .lockstep.yaml, and of the rules those that know runners.
static Settings settingsOf(const fs::path &folder) {
  Settings settings;
  if (fs::exists(folder / ".lockstep.yaml")) {
    std::string path = (folder / ".lockstep.yaml").generic_string();
    ConfigReading reading =
        readConfig({path, lockstep::test::readFile(path)}, lockstep::rules::allRules());
    for (const ConfigProblem &problem : reading.problems)
      FAIL_CHECK(path << ": " << problem.message);
    settings = std::move(reading.settings);
  }
  settings.selection.select = {"concurrently-in-transaction",
                               "transaction-nesting",
                               "uncommitted-transaction",
                               "tool-directive-mismatch",
                               "duplicate-version",
                               "ordering-hazard",
                               "syntax-error"};
  return settings;
}

static json describe(const fs::path &folder) {
  Settings settings = settingsOf(folder);
  Scope scope;
  scope.paths = {folder.generic_string()};
  Result<Discovery> discovery = discoverScope(settings, scope);
  REQUIRE(discovery);
  CHECK(discovery->unmatched.empty());
  CHECK(discovery->unreadable.empty());
  json described{{"histories", json::array()}, {"notices", json::array()}};
  for (const FoundHistory &found : discovery->histories)
    described["histories"].push_back(describe(found.history));
  for (const Notice &notice : discovery->notices)
    described["notices"].push_back({{"kind", notice.kind}, {"message", notice.message}});

  Result<CheckOutcome> outcome = Project(settings, scope, lockstep::rules::allRules()).check();
  REQUIRE(outcome);
  described["traps"] = json::array();
  for (const Finding &finding : outcome->result.findings) {
    LineIndex lines(outcome->result.sources.at(finding.file)->text);
    described["traps"].push_back({{"file", finding.file},
                                  {"line", lines.lineOf(finding.range.begin)},
                                  {"rule", finding.rule},
                                  {"message", finding.message},
                                  {"help", finding.help}});
  }
  return described;
}

static std::vector<fs::path> fixtureFolders() {
  std::vector<fs::path> folders;
  for (const fs::directory_entry &entry : fs::directory_iterator("fixtures/formats"))
    if (entry.is_directory())
      folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

TEST_CASE("each format reads its fixture as its runner does") {
  bool update = std::getenv("UPDATE_FIXTURES") != nullptr;
  for (const fs::path &folder : fixtureFolders()) {
    INFO(folder.string());
    std::string found = describe(folder).dump(1) + "\n";
    if (update)
      std::ofstream(folder / "expected.json", std::ios::binary) << found;
    else
      CHECK(lockstep::test::readFile(folder / "expected.json") == found);
    CHECK(fs::exists(folder / "README.md"));
  }
}

TEST_CASE("each format has a fixture") {
  std::string all;
  for (const fs::path &folder : fixtureFolders())
    all += lockstep::test::readFile(folder / "expected.json");
  for (const Format *format : formats()) {
    INFO(format->name);
    CHECK(all.find("\"framework\": \"" + std::string(format->name) + "\"") != std::string::npos);
  }
}
