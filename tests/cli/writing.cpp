// Whatever writes a file or standard output says so only once it has, and loses nothing.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace fs = std::filesystem;
using namespace lockstep::test;

static const std::string unused = "-- lockstep:ignore drop-table: old\nSELECT 1;\n";
static const std::string kept = "\nSELECT 1;\n";

static const std::string outside =
    "it is outside the repository (or, without one, the folder) being checked";

static Outcome ask(const TemporaryDirectory &directory, std::vector<std::string> arguments) {
  return runLockstep(arguments, directory.path());
}

/// Runs the program with its standard output on a full disk.
static Outcome onFullDisk(const TemporaryDirectory &directory, const std::string &arguments) {
  return run({"/bin/sh", "-c", "\"$LOCKSTEP_BIN\" " + arguments + " > /dev/full"}, directory.path(),
             {}, {"LOCKSTEP_BIN=" + fs::absolute(std::getenv("LOCKSTEP_BIN")).string()});
}

/// Runs the program as somebody who owns the directory and is not root, whom no mode keeps out.
static Outcome asOwner(const TemporaryDirectory &directory, std::vector<std::string> arguments) {
  if (geteuid() != 0)
    return ask(directory, std::move(arguments));
  constexpr uid_t nobody = 65534;
  REQUIRE(chown(directory.path().c_str(), nobody, nobody) == 0);
  for (const fs::directory_entry &entry : fs::recursive_directory_iterator(directory.path()))
    REQUIRE(chown(entry.path().c_str(), nobody, nobody) == 0);
  std::vector<std::string> command{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                                   fs::absolute(std::getenv("LOCKSTEP_BIN")).string()};
  std::vector<std::string> version = command;
  version.emplace_back("version");
  if (run(version, directory.path()).status != 0)
    SKIP("the program cannot be run as somebody else");
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command, directory.path());
}

TEST_CASE("a full disk below standard output is an error of every command") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "CREATE TABLE t (a int);\n");
  for (const char *arguments :
       {"check .", "check . --format json", "check . --show-files", "check 1_a.sql --diff",
        "effects .", "effects . --format json", "schema .", "schema . --format json", "rules",
        "explain drop-table", "config", "init --stdout", "completions bash", "manual", "version",
        "--help", "check --help"}) {
    INFO(arguments);
    Outcome outcome = onFullDisk(directory, arguments);
    // A diff without a difference writes nothing.
    if (std::string_view(arguments).ends_with("--diff"))
      continue;
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "lockstep: cannot write to standard output: No space left on device\n");
  }
}

TEST_CASE("--output says why it could not be written") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "SELECT 1;\n");
  directory.write("old.json", "old\n");
  Outcome outcome = ask(directory, {"check", ".", "--output", "json=/dev/full", "--output",
                                    "json=no/such/folder.json", "--output", "json=old.json"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("cannot write '/dev/full': No space left on device\n") !=
        std::string::npos);
  CHECK(outcome.err.find("cannot write 'no/such/folder.json'") != std::string::npos);
  // One that fails keeps no other from being written.
  CHECK(readFile(directory.path() / "old.json").starts_with("{"));
}

TEST_CASE("a file that --fix cannot write keeps its finding") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", unused);
  directory.write("2_b.sql", unused);
  REQUIRE(chmod((directory.path() / "1_a.sql").c_str(), 0444) == 0);
  Outcome outcome =
      asOwner(directory, {"check", "1_a.sql", "2_b.sql", "--fix", "--format", "concise"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err == "lockstep: cannot write '1_a.sql': Permission denied\n"
                       "lockstep: fixed 1 finding in 1 file\n");
  CHECK(outcome.out.find("1_a.sql:1:20: ") != std::string::npos);
  CHECK(outcome.out.find("2_b.sql:1:") == std::string::npos);
  CHECK(readFile(directory.path() / "1_a.sql") == unused);
  CHECK(readFile(directory.path() / "2_b.sql") == kept);
}

TEST_CASE("--fix of a file below a folder that takes no new file") {
  TemporaryDirectory directory;
  directory.write("below/1_a.sql", unused);
  REQUIRE(chmod((directory.path() / "below").c_str(), 0555) == 0);
  Outcome outcome = asOwner(directory, {"check", "below/1_a.sql", "--fix"});
  REQUIRE(chmod((directory.path() / "below").c_str(), 0755) == 0);
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("cannot create a file beside it: Permission denied") != std::string::npos);
  CHECK(readFile(directory.path() / "below/1_a.sql") == unused);
}

TEST_CASE("--fix keeps line ends, marks and modes as they are") {
  TemporaryDirectory directory;
  const std::string head = "\xEF\xBB\xBF-- lockstep:ignore drop-table: old\r\n";
  const std::string rest = "SELECT 1;\r-- a lone one\r\r\nSELECT 2;\n\r\nSELECT 3";
  directory.write("1_a.sql", head + rest);
  REQUIRE(chmod((directory.path() / "1_a.sql").c_str(), 0750) == 0);
  Outcome outcome = ask(directory, {"check", "1_a.sql", "--fix"});
  CHECK(outcome.err == "lockstep: fixed 1 finding in 1 file\n");
  CHECK(readFile(directory.path() / "1_a.sql") == "\xEF\xBB\xBF\r\n" + rest);
  struct stat status {};
  REQUIRE(stat((directory.path() / "1_a.sql").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0750);
}

TEST_CASE("a file called - is not standard input") {
  TemporaryDirectory directory;
  directory.write("-", unused);
  Outcome outcome = ask(directory, {"check", "./-", "--fix", "--format", "concise"});
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "lockstep: fixed 1 finding in 1 file\n");
  CHECK(readFile(directory.path() / "-") == kept);
  directory.write("-", "DROP TABLE t;\n");
  CHECK(ask(directory, {"check", "./-", "--format", "concise"}).out.starts_with("./-:1:12: "));
  CHECK(ask(directory, {"effects", "./-"}).out.starts_with("./-  "));
}

TEST_CASE("--fix follows a link within the repository, and none out of it") {
  TemporaryDirectory directory;
  directory.write("outside.sql", unused);
  directory.write("repository/.git/HEAD", "ref: refs/heads/main\n");
  directory.write("repository/texts/1_a.sql", unused);
  const fs::path repository = directory.path() / "repository";
  fs::create_symlink("../outside.sql", repository / "1_out.sql");
  fs::create_symlink("texts/1_a.sql", repository / "2_in.sql");
  Outcome outcome = runLockstep({"check", "1_out.sql", "2_in.sql", "--fix"}, repository);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.find("cannot read 1_out.sql: " + outside) != std::string::npos);
  CHECK(readFile(directory.path() / "outside.sql") == unused);
  CHECK(readFile(repository / "texts/1_a.sql") == kept);
  CHECK(fs::is_symlink(repository / "2_in.sql"));
}

TEST_CASE("--fix follows no folder out of the repository, whatever it leads to") {
  TemporaryDirectory directory;
  directory.write("plain/1_a.sql", unused);
  directory.write("other/.git/HEAD", "ref: refs/heads/main\n");
  directory.write("other/deep/2_b.sql", unused);
  directory.write("repository/.git/HEAD", "ref: refs/heads/main\n");
  directory.write("repository/texts/3_c.sql", unused);
  const fs::path repository = directory.path() / "repository";
  fs::create_symlink("../plain", repository / "out");
  fs::create_symlink("../other/deep", repository / "away");
  fs::create_symlink("away", repository / "twice");
  fs::create_symlink("texts", repository / "in");
  for (const char *file : {"out/1_a.sql", "away/2_b.sql", "twice/2_b.sql", "./in/../out/1_a.sql"}) {
    INFO(file);
    Outcome outcome = runLockstep({"check", file, "--fix", "--format", "concise"}, repository);
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find("': " + outside + "\n") != std::string::npos);
    CHECK(outcome.err.find("lockstep: fixed") == std::string::npos);
  }
  // Named from the outside it is the same link of the same repository.
  CHECK(ask(directory, {"check", "repository/away/2_b.sql", "--fix"}).err.find(outside) !=
        std::string::npos);
  CHECK(readFile(directory.path() / "plain/1_a.sql") == unused);
  CHECK(readFile(directory.path() / "other/deep/2_b.sql") == unused);
  CHECK(runLockstep({"check", "in/3_c.sql", "--fix"}, repository).err ==
        "lockstep: fixed 1 finding in 1 file\n");
  CHECK(readFile(repository / "texts/3_c.sql") == kept);
}

TEST_CASE("outside of a repository --fix follows no link out of the working directory") {
  TemporaryDirectory directory;
  directory.write("outside/1_a.sql", unused);
  directory.write("work/texts/2_b.sql", unused);
  const fs::path work = directory.path() / "work";
  fs::create_symlink("../outside", work / "out");
  fs::create_symlink("texts", work / "in");
  CHECK(runLockstep({"check", "out/1_a.sql", "--fix"}, work).err.find(outside) !=
        std::string::npos);
  CHECK(readFile(directory.path() / "outside/1_a.sql") == unused);
  CHECK(runLockstep({"check", "in/2_b.sql", "--fix"}, work).err ==
        "lockstep: fixed 1 finding in 1 file\n");
  CHECK(readFile(work / "texts/2_b.sql") == kept);
}

TEST_CASE("a baseline and a configuration reached by a link replace what it leads to") {
  TemporaryDirectory directory;
  directory.write("1_a.sql", "DROP TABLE t;\n");
  directory.write("kept/baseline.json", "{\"version\": 1, \"findings\": []}\n");
  fs::create_symlink("kept/baseline.json", directory.path() / ".lockstep-baseline.json");
  Outcome outcome = ask(directory, {"baseline", "create", "--force", "."});
  CHECK(outcome.status == 0);
  CHECK(fs::is_symlink(directory.path() / ".lockstep-baseline.json"));
  CHECK(readFile(directory.path() / "kept/baseline.json").find("drop-table") != std::string::npos);
  fs::create_symlink("nowhere/config.yaml", directory.path() / ".lockstep.yaml");
  outcome = ask(directory, {"init", "--force"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find("it is a link to a file that does not exist") != std::string::npos);
}
