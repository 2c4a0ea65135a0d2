// Checks fixtures/projects/quiet: histories of safe steps alone, in which nothing may be found.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace lockstep::test;
namespace fs = std::filesystem;
using nlohmann::json;

static const fs::path quiet = "fixtures/projects/quiet";

static std::vector<fs::path> services() {
  std::vector<fs::path> folders;
  for (const fs::directory_entry &entry : fs::directory_iterator(quiet))
    if (entry.is_directory())
      folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

static std::string textOf(const json &document, const std::string &list) {
  std::string text;
  for (const json &each : document.at(list))
    text += each.value("file", "") + ": " + each.value("message", "") + "\n";
  return text;
}

/// The report on a folder, of which nothing is said and nothing left out.
static json quietReport(const std::string &path, const fs::path &directory) {
  Outcome outcome = runLockstep({"check", path, "--format", "json"}, directory);
  INFO(outcome.err);
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE_FALSE(document.is_discarded());
  INFO(textOf(document, "notices"));
  CHECK(textOf(document, "findings") == "");
  CHECK(document.at("summary").at("unanalyzed") == 0);
  CHECK(outcome.status == 0);
  return document;
}

static std::set<std::string> frameworksIn(const json &document) {
  std::set<std::string> frameworks;
  for (const json &history : document.at("histories"))
    frameworks.insert(history.at("framework").get<std::string>());
  return frameworks;
}

TEST_CASE("safe migrations of many frameworks give no finding") {
  json document = quietReport(quiet.generic_string(), ".");
  CHECK(document.at("summary").at("files") >= 220);
  CHECK(document.at("summary").at("statements") >= 600);
  const std::set<std::string> expected{"golang-migrate", "flyway", "goose",   "dbmate",
                                       "prisma",         "sqlx",   "drizzle", "plain",
                                       "liquibase",      "sqitch", "supabase"};
  CHECK(frameworksIn(document) == expected);
}

TEST_CASE("each of their projects gives no finding by itself") {
  for (const fs::path &service : services()) {
    INFO(service.string());
    // As its team has it: in no repository of ours.
    TemporaryDirectory directory;
    fs::copy(service, directory.path(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    json document = quietReport(".", directory.path());
    CHECK(document.at("summary").at("files") >= 5);
  }
}
