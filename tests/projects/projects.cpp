// Checks each project of fixtures/projects: its findings are exactly those of expected.txt, and the
// reports are those in output/. UPDATE_FIXTURES=1 rewrites the reports, never expected.txt.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace lockstep::test;
namespace fs = std::filesystem;
using nlohmann::json;

static std::vector<fs::path> projects() {
  std::vector<fs::path> folders;
  for (const fs::directory_entry &entry : fs::directory_iterator("fixtures/projects"))
    if (fs::exists(entry.path() / "expected.txt"))
      folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

/// A copy of the project that lies in no repository, so that its paths do not depend on where the
/// tests run.
static void copyProject(const fs::path &project, const TemporaryDirectory &directory) {
  fs::copy(project, directory.path(),
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  fs::remove_all(directory.path() / "output");
}

static Outcome check(const TemporaryDirectory &directory, const std::string &format) {
  return runLockstep({"check", ".", "--format", format}, directory.path());
}

static std::vector<std::string> linesOf(const std::string &text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

static std::vector<std::string> findingsOf(const std::string &report) {
  std::vector<std::string> lines;
  json document = json::parse(report, nullptr, false);
  REQUIRE_FALSE(document.is_discarded());
  for (const json &finding : document.at("findings"))
    lines.push_back(finding.at("file").get<std::string>() + ":" +
                    std::to_string(finding.at("range").at("start").at("line").get<unsigned>()) +
                    " " + finding.at("rule").get<std::string>());
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST_CASE("the findings of each project are exactly the mistakes it is known for") {
  for (const fs::path &project : projects()) {
    INFO(project.string());
    TemporaryDirectory directory;
    copyProject(project, directory);
    Outcome outcome = check(directory, "json");
    INFO(outcome.err);
    CHECK(outcome.status == 1);
    CHECK(findingsOf(outcome.out) == linesOf(readFile(project / "expected.txt")));
  }
}

TEST_CASE("the reports of each project are the recorded ones") {
  bool update = std::getenv("UPDATE_FIXTURES") != nullptr;
  for (const fs::path &project : projects()) {
    TemporaryDirectory directory;
    copyProject(project, directory);
    for (std::string format : {"text", "json", "sarif"}) {
      INFO(project.string() << " " << format);
      Outcome outcome = check(directory, format);
      INFO(outcome.err);
      CHECK(outcome.status == 1);
      fs::path recorded = project / "output" / ("report." + (format == "text" ? "txt" : format));
      if (update) {
        fs::create_directories(recorded.parent_path());
        std::ofstream(recorded, std::ios::binary) << outcome.out;
      } else {
        CHECK(outcome.out == readFile(recorded));
      }
    }
  }
}
