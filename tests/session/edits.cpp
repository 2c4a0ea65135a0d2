// A session that is told of edits answers as one that was just opened.
#include "base/text.hpp"
#include "history/files/disk.hpp"
#include "report/formats/effects_json.hpp"
#include "report/formats/format.hpp"
#include "report/formats/schema_json.hpp"
#include "report/formats/schema_sql.hpp"
#include "rules/registry.hpp"
#include "session/session.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <stop_token>
#include <string>

using namespace lockstep::report;
using lockstep::rules::allRules;
namespace fs = std::filesystem;

/// A migration of a service that grows: each third one makes a table, the others change it.
static std::string migrationText(size_t number) {
  const std::string table = "entity_" + std::to_string(number / 3);
  const std::string id = std::to_string(number);
  switch (number % 3) {
  case 0:
    return "CREATE TABLE " + table + " (id bigint PRIMARY KEY, name varchar(20), total integer);\n";
  case 1:
    return "ALTER TABLE " + table + " ADD COLUMN extra_" + id + " text;\nCREATE INDEX by_" + id +
           " ON " + table + " (name);\n";
  default:
    return "-- lockstep:ignore drop-column: nobody reads it\nALTER TABLE " + table +
           " DROP COLUMN extra_" + std::to_string(number - 1) + ";\nUPDATE " + table +
           " SET total = 0;\n";
  }
}

/// What an edit makes of the migration; the statements that follow it are judged differently.
static std::string editedText(size_t number, size_t edit) {
  const std::string table = "entity_" + std::to_string(number / 3);
  switch (edit % 5) {
  case 0:
    return migrationText(number);
  case 1:
    return "CREATE TABLE " + table +
           " (id bigint PRIMARY KEY, name text, total bigint NOT NULL);\n";
  case 2:
    return "CREATE TABLE " + table + " (id bigint PRIMARY KEY, name varchar(20);\n";
  case 3:
    return "-- lockstep:ignore-file drop-table: it was empty\nDROP TABLE entity_0;\n";
  default:
    return "SET lock_timeout = '5s';\nCREATE TABLE " + table +
           " (id int, total int);\nALTER TABLE " + table + " ALTER COLUMN total TYPE bigint;\n";
  }
}

namespace {
/// A history of plain files on the disk.
class Files {
public:
  explicit Files(size_t count) {
    for (size_t number = 0; number < count; ++number)
      write(number, migrationText(number));
  }
  [[nodiscard]] std::string folder() const { return root_ + "/migrations"; }
  [[nodiscard]] std::string path(size_t number) const { return root_ + "/" + name(number); }
  void write(size_t number, const std::string &text) { directory_.write(name(number), text); }
  void write(const std::string &file, const std::string &text) { directory_.write(file, text); }
  [[nodiscard]] std::string root() const { return root_; }

private:
  static std::string name(size_t number) {
    std::string digits = std::to_string(number);
    return "migrations/" + std::string(6 - digits.size(), '0') + digits + "_step.sql";
  }

  lockstep::test::TemporaryDirectory directory_;
  std::string root_ = fs::canonical(directory_.path()).generic_string();
};
} // namespace

static Request requestOf(const Files &files, PostgresVersions versions = {}) {
  Request request;
  request.paths = {files.folder()};
  request.postgres = versions;
  request.selection.select = {"all"};
  request.execution = ExecutionModel::tx_file;
  request.jobs = 1;
  return request;
}

/// All that the session finds, as JSON.
static std::string findingsOf(Session &session) {
  REQUIRE(session.open());
  CheckOutcome all;
  for (Project &project : session.projects()) {
    Result<CheckOutcome> one = project.check();
    REQUIRE(one);
    merge(all, std::move(*one));
  }
  ReportContext context;
  context.rules = allRules();
  context.show_suppressed = true;
  return render(ReportFormat::json, all.result, context);
}

static std::string freshFindings(const Request &request) {
  Session session(request, allRules(), readFile);
  return findingsOf(session);
}

TEST_CASE("200 edits in the middle of 1,000 migrations") {
  Files files(1000);
  const Request request = requestOf(files);
  Session session(request, allRules(), readFile, Life::many_questions);
  std::string last = findingsOf(session);
  REQUIRE(last == freshFindings(request));
  size_t changes = 0;
  for (size_t edit = 1; edit <= 200; ++edit) {
    // Made with blanks of their own, so that no text comes twice.
    const size_t number = 500;
    const std::string text = editedText(number, edit) + std::string(edit, '\n');
    session.setText(files.path(number), text);
    const std::string now = findingsOf(session);
    files.write(number, text);
    if (now != freshFindings(request))
      FAIL("edit " << edit << " of " << files.path(number) << ":\n" << text);
    changes += now != last ? 1 : 0;
    last = now;
  }
  CHECK(changes >= 190);
}

TEST_CASE("edits anywhere, on several servers, with what the disk says") {
  Files files(60);
  const Request request = requestOf(files, {14, 18});
  Session session(request, allRules(), readFile, Life::many_questions);
  CHECK(findingsOf(session) == freshFindings(request));
  for (size_t number : {0u, 59u, 30u, 31u, 29u, 0u, 58u}) {
    files.write(number, editedText(number, number + 1) + std::string(number + 1, ' '));
    session.fileChanged(files.path(number));
    INFO(number);
    CHECK(findingsOf(session) == freshFindings(request));
  }
  // What an editor holds open goes before the disk, until it is closed.
  const std::string on_disk = findingsOf(session);
  session.setText(files.path(10), "DROP TABLE entity_1;\n");
  CHECK(findingsOf(session) != on_disk);
  session.dropText(files.path(10));
  CHECK(findingsOf(session) == on_disk);
}

TEST_CASE("files that come and go") {
  Files files(30);
  const Request request = requestOf(files);
  Session session(request, allRules(), readFile, Life::many_questions);
  (void)findingsOf(session);
  files.write(30, "DROP TABLE entity_3;\n");
  session.fileChanged(files.path(30));
  CHECK(findingsOf(session) == freshFindings(request));
  fs::remove(files.path(12));
  session.fileChanged(files.path(12));
  CHECK(findingsOf(session) == freshFindings(request));
  // One that is not saved yet counts as if it were.
  session.setText(files.path(31), "DROP TABLE entity_5;\n");
  const std::string unsaved = findingsOf(session);
  files.write(31, "DROP TABLE entity_5;\n");
  CHECK(unsaved == freshFindings(request));
}

TEST_CASE("a configuration that changes") {
  Files files(30);
  Request request = requestOf(files);
  request.selection = {};
  files.write(".git/HEAD", "ref: refs/heads/main\n");
  Session session(request, allRules(), readFile, Life::many_questions);
  const std::string before = findingsOf(session);
  const std::string config = files.root() + "/.lockstep.yaml";
  files.write(".lockstep.yaml", "ignore: [create-index-non-concurrently]\n");
  session.fileChanged(config);
  CHECK(findingsOf(session) != before);
  CHECK(findingsOf(session) == freshFindings(request));
  files.write(".lockstep.yaml", "ignore: [no-such-rule]\n");
  session.fileChanged(config);
  CHECK_FALSE(session.open());
  REQUIRE(session.unusable());
  CHECK(session.unusable()->problems.size() == 1);
  fs::remove(config);
  session.fileChanged(config);
  CHECK(findingsOf(session) == before);
}

TEST_CASE("a check that is stopped goes on later") {
  Files files(60);
  const Request request = requestOf(files);
  Session session(request, allRules(), readFile, Life::many_questions);
  REQUIRE(session.open());
  std::stop_source stop;
  stop.request_stop();
  CHECK_FALSE(session.projects().front().check(stop.get_token()));
  CHECK(findingsOf(session) == freshFindings(request));
  session.setText(files.path(20), editedText(20, 1));
  CHECK_FALSE(session.projects().front().check(stop.get_token()));
  files.write(20, editedText(20, 1));
  CHECK(findingsOf(session) == freshFindings(request));
}

TEST_CASE("effects of a living session are those of a fresh one") {
  Files files(60);
  Request request = requestOf(files);
  request.paths = {files.path(40), files.path(41)};
  Session session(request, allRules(), readFile, Life::many_questions);
  (void)findingsOf(session);
  session.setText(files.path(39), editedText(39, 4));
  files.write(39, editedText(39, 4));
  (void)findingsOf(session);
  Session fresh(request, allRules(), readFile);
  REQUIRE(fresh.open());
  const auto effectsOf = [](Session &asked) {
    Result<EffectsOutcome> outcome = asked.projects().front().effects();
    REQUIRE(outcome);
    return renderEffectsJson(outcome->result, {});
  };
  const std::string effects = effectsOf(session);
  CHECK(effects == effectsOf(fresh));
  CHECK(effects.find("entity_13") != std::string::npos);
}

TEST_CASE("the schema of a living session is that of a fresh one") {
  Files files(60);
  files.write(20, "CREATE TABEL x;\n");
  const Request request = requestOf(files);
  Session session(request, allRules(), readFile, Life::many_questions);
  (void)findingsOf(session);
  session.setText(files.path(3), editedText(3, 4));
  files.write(3, editedText(3, 4));
  (void)findingsOf(session);
  Session fresh(request, allRules(), readFile);
  REQUIRE(fresh.open());
  const auto schemaOf = [](Session &asked, const SchemaRequest &at) {
    Result<SchemaOutcome> outcome = asked.projects().front().schema(at);
    REQUIRE(outcome);
    return renderSchemaJson(outcome->result) + renderSchemaSql(outcome->result);
  };
  CHECK(schemaOf(session, {}) == schemaOf(fresh, {}));
  const SchemaRequest between{.at = "000040", .diff = true, .from = "000030"};
  CHECK(schemaOf(session, between) == schemaOf(fresh, between));
}
