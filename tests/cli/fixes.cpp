// --fix, --unsafe-fixes and --diff.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::test;

/// Its suppression suppresses nothing; taking it out is a safe fix.
static const std::string unused = "-- lockstep:ignore drop-table: old\nSELECT 1;\n";

static Outcome check(const TemporaryDirectory &directory, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "check");
  return runLockstep(arguments, directory.path());
}

TEST_CASE("--fix fixes named files, and a second run changes nothing") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", unused);
  Outcome outcome = check(directory, {"1_a.sql", "--fix", "--format", "concise"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.find("unused-suppression") == std::string::npos);
  CHECK(outcome.err == "lockstep: fixed 1 finding in 1 file\n");
  CHECK(readFile(directory.path() / "1_a.sql") == "\nSELECT 1;\n");
  Outcome again = check(directory, {"1_a.sql", "--fix", "--format", "concise"});
  CHECK(again.err.empty());
  CHECK(readFile(directory.path() / "1_a.sql") == "\nSELECT 1;\n");
}

TEST_CASE("files that may have been applied are left alone") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", unused);
  directory.write("2_b.sql", unused);
  Outcome outcome = check(directory, {".", "--fix", "--format", "concise"});
  CHECK(outcome.err.find("2 findings not fixed") != std::string::npos);
  CHECK(readFile(directory.path() / "1_a.sql") == unused);
  CHECK(check(directory, {".", "--fix", "--start-after", "1"}).err.find("1 file") !=
        std::string::npos);
  CHECK(readFile(directory.path() / "1_a.sql") == unused);
  CHECK(readFile(directory.path() / "2_b.sql") == "\nSELECT 1;\n");
}

TEST_CASE("with a change set only what is new is edited, even of named files") {
  TemporaryDirectory directory;
  auto git = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"git", "-c", "user.name=a", "-c", "user.email=a@b"});
    REQUIRE(run(arguments, directory.path()).status == 0);
  };
  directory.write("1_a.sql", unused);
  git({"init", "--quiet"});
  git({"add", "."});
  git({"commit", "--quiet", "--message", "one"});
  directory.write("2_b.sql", unused);
  CHECK(check(directory, {"1_a.sql", "2_b.sql", "--since", "HEAD", "--fix"}).err ==
        "lockstep: fixed 1 finding in 1 file\n");
  CHECK(readFile(directory.path() / "1_a.sql") == unused);
  CHECK(readFile(directory.path() / "2_b.sql") == "\nSELECT 1;\n");
}

TEST_CASE("--diff prints what patch reads, and writes nothing") {
  TemporaryDirectory directory;
  directory.write("db/1_a.sql", "SELECT 0;\n" + unused);
  Outcome outcome = check(directory, {"db/1_a.sql", "--diff"});
  CHECK(outcome.status == 1);
  CHECK(outcome.out == "--- a/db/1_a.sql\n+++ b/db/1_a.sql\n@@ -1,3 +1,3 @@\n SELECT 0;\n"
                       "--- lockstep:ignore drop-table: old\n+\n SELECT 1;\n");
  CHECK(readFile(directory.path() / "db/1_a.sql") == "SELECT 0;\n" + unused);
  REQUIRE(run({"git", "apply", "-p1", "-"}, directory.path(), outcome.out).status == 0);
  CHECK(readFile(directory.path() / "db/1_a.sql") == "SELECT 0;\n\nSELECT 1;\n");
  Outcome clean = check(directory, {"db/1_a.sql", "--diff"});
  CHECK(clean.status == 0);
  CHECK(clean.out.empty());
}

TEST_CASE("suppressed findings are not mended") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "-- lockstep:ignore-file unused-suppression: later\n" + unused);
  CHECK(check(directory, {"1_a.sql", "--diff"}).out.empty());
}

TEST_CASE("what cannot be edited is refused") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", unused);
  CHECK(check(directory, {"1_a.sql", "--unsafe-fixes"}).status == 2);
  CHECK(check(directory, {"1_a.sql", "--fix", "--staged"}).status == 2);
  CHECK(check(directory, {"-", "--fix"}).status == 2);
}

TEST_CASE("--fix says that what is left needs --unsafe-fixes") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n");
  const std::string index = "CREATE INDEX users_email ON users (email);\n";
  directory.write("2_b.sql", index);
  const Outcome outcome = runLockstep({"check", "--fix", "2_b.sql"}, directory.path());
  CHECK(outcome.err.find("1 finding with a fix that needs a look afterwards: --unsafe-fixes") !=
        std::string::npos);
  CHECK(readFile(directory.path() / "2_b.sql") == index);
}
