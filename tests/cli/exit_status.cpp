// What the exit status says: 0 clean, 1 findings at or above --fail-on, 2 usage or other error.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <unistd.h>

#include <filesystem>

using namespace lockstep::test;

/// A folder with a clean file, one with an error, one with a warning and one that cannot be parsed.
struct Project {
  TemporaryDirectory directory;
  Project() {
    directory.write("clean.sql", "CREATE TABLE t (id bigint);\n");
    directory.write("error.sql", "ALTER TABLE users DROP COLUMN name;\n");
    directory.write("warning.sql", "DROP INDEX users_name;\n");
    directory.write("broken.sql", "CREATE TABEL t;\n");
    directory.write("note.txt", "no SQL\n");
  }
  [[nodiscard]] int status(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "check");
    return runLockstep(arguments, directory.path()).status;
  }
};

TEST_CASE("0 where nothing is found, 1 where something is") {
  Project project;
  CHECK(project.status({"clean.sql"}) == 0);
  CHECK(project.status({"error.sql"}) == 1);
  CHECK(project.status({"clean.sql", "error.sql"}) == 1);
  CHECK(project.status({"broken.sql"}) == 1);
}

TEST_CASE("--fail-on moves the threshold") {
  Project project;
  CHECK(project.status({"warning.sql"}) == 0);
  CHECK(project.status({"warning.sql", "--fail-on", "warning"}) == 1);
  CHECK(project.status({"warning.sql", "--fail-on", "info"}) == 1);
  CHECK(project.status({"error.sql", "--fail-on", "never"}) == 0);
  CHECK(project.status({"error.sql", "--severity", "drop-column=warning"}) == 0);
  CHECK(project.status({"warning.sql", "--max-warnings", "1"}) == 0);
  CHECK(project.status({"warning.sql", "--max-warnings", "0"}) == 1);
  CHECK(project.status({"error.sql", "--ignore", "drop-column"}) == 0);
  CHECK(project.status({"error.sql", "--quiet"}) == 1);
}

TEST_CASE("2 where the command line is wrong") {
  Project project;
  for (const std::vector<std::string> &wrong :
       std::vector<std::vector<std::string>>{{"--no-such-option"},
                                             {"--format", "xml"},
                                             {"--format"},
                                             {"--postgres", "9"},
                                             {"--postgres", "16..14"},
                                             {"--execution", "sometimes"},
                                             {"--framework", "nothing"},
                                             {"--select", "no-such-rule"},
                                             {"--ignore", "no-such-rule"},
                                             {"--severity", "drop-column"},
                                             {"--severity", "drop-column=fatal"},
                                             {"--severity", "no-such-rule=error"},
                                             {"--fail-on", "sometimes"},
                                             {"--max-warnings", "many"},
                                             {"--direction", "sideways"},
                                             {"--color", "blue"},
                                             {"--output", "json=-", "--output", "sarif=-"}}) {
    std::vector<std::string> arguments{"check", "clean.sql"};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    Outcome outcome = runLockstep(arguments, project.directory.path());
    INFO(wrong[0] << ' ' << wrong.back());
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK_FALSE(outcome.err.empty());
  }
  CHECK(runLockstep({}, project.directory.path()).status == 2);
  CHECK(runLockstep({"chekc"}, project.directory.path()).status == 2);
}

TEST_CASE("wrong words come with the nearest right one") {
  Project project;
  auto complaint = [&](const std::vector<std::string> &arguments) {
    return runLockstep(arguments, project.directory.path()).err;
  };
  CHECK(complaint({"chekc"}).find("did you mean 'check'?") != std::string::npos);
  CHECK(complaint({"check", "--select", "drop-colum"}).find("did you mean 'drop-column'?") !=
        std::string::npos);
  CHECK(complaint({"check", "--format", "jsn"}).find("did you mean 'json'?") != std::string::npos);
  CHECK(complaint({"check", "--fromat", "json"}).find("Did you mean '--format'?") !=
        std::string::npos);
}

TEST_CASE("2 where a named path is not there, after all that was found") {
  Project project;
  Outcome outcome = runLockstep({"check", "error.sql", "missing.sql", "--format", "concise"},
                                project.directory.path());
  CHECK(outcome.status == 2);
  CHECK(outcome.out.find("[drop-column]") != std::string::npos);
  CHECK(outcome.err.find("missing.sql") != std::string::npos);
}

TEST_CASE("2 where a folder holds nothing to check, unless that is fine") {
  Project project;
  std::filesystem::create_directory(project.directory.path() / "empty");
  CHECK(project.status({"empty"}) == 2);
  CHECK(project.status({"empty", "--no-error-on-unmatched-pattern"}) == 0);
}

TEST_CASE("2 where the configuration is wrong or not there") {
  Project project;
  CHECK(project.status({"clean.sql", "--config", "missing.yaml"}) == 2);
  project.directory.write(".lockstep.yaml", "selct: all\n");
  CHECK(project.status({"clean.sql"}) == 2);
}

TEST_CASE("2 where the report cannot be written") {
  Project project;
  CHECK(project.status({"clean.sql", "--output", "no/such/folder/report.txt"}) == 2);
}

TEST_CASE("a file that cannot be read") {
  if (geteuid() == 0)
    SKIP("everything is readable for root");
  Project project;
  std::filesystem::permissions(project.directory.path() / "error.sql",
                               std::filesystem::perms::none);
  CHECK(project.status({"error.sql"}) == 2);
  CHECK(project.status({"."}) == 1);
}

TEST_CASE("help is no mistake") {
  Project project;
  CHECK(project.status({"--help"}) == 0);
  CHECK(runLockstep({"--help"}, project.directory.path()).status == 0);
  CHECK(runLockstep({"effects", "--help"}, project.directory.path()).status == 0);
}
