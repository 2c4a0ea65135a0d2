// The hooks of .pre-commit-hooks.yaml, run by pre-commit itself where it is installed.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>

using namespace lockstep::test;
namespace fs = std::filesystem;

namespace {
/// A repository that uses a hook of this one.
class Project {
public:
  explicit Project(const std::string &hook) {
    fs::path here = fs::current_path();
    directory_.write("hooks/.pre-commit-hooks.yaml", readFile(here / ".pre-commit-hooks.yaml"));
    fs::create_directories(directory_.path() / "bin");
    fs::create_symlink(std::getenv("LOCKSTEP_BIN"), directory_.path() / "bin/lockstep");
    for (const char *folder : {"hooks", "project"}) {
      fs::create_directories(directory_.path() / folder);
      git(folder, {"init", "--quiet", "--initial-branch=main"});
    }
    git("hooks", {"add", "."});
    git("hooks", {"commit", "--quiet", "--message", "hooks"});
    std::string revision = git("hooks", {"rev-parse", "HEAD"});
    write(".pre-commit-config.yaml", "repos:\n  - repo: ../hooks\n    rev: " + revision +
                                         "    hooks:\n      - id: " + hook + "\n");
    git("project", {"add", "."});
    git("project", {"commit", "--quiet", "--message", "begin"});
  }

  void write(const fs::path &file, std::string_view text) const {
    directory_.write("project" / file, text);
  }
  std::string git(const fs::path &folder, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "git");
    Outcome outcome = run(arguments, directory_.path() / folder, {}, environment());
    INFO(arguments[1] << ": " << outcome.err);
    REQUIRE(outcome.status == 0);
    return outcome.out;
  }
  Outcome preCommit(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"pre-commit", "run", "--color=never"});
    return run(arguments, directory_.path() / "project", {}, environment());
  }

private:
  std::vector<std::string> environment() const {
    std::string home = directory_.path().string();
    return {"PATH=" + home + "/bin:" + std::getenv("PATH"),
            "HOME=" + home,
            "PRE_COMMIT_HOME=" + home + "/cache",
            "GIT_CONFIG_GLOBAL=/dev/null",
            "GIT_AUTHOR_NAME=a",
            "GIT_AUTHOR_EMAIL=a@example.org",
            "GIT_COMMITTER_NAME=a",
            "GIT_COMMITTER_EMAIL=a@example.org"};
  }

  TemporaryDirectory directory_;
};
} // namespace

static bool isInstalled() {
  return run({"sh", "-c", "command -v pre-commit && command -v git"}, ".").status == 0;
}

static const std::string creating = "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n";

TEST_CASE("the hook reports on the files of the commit, with their history as context") {
  if (!isInstalled())
    SKIP("pre-commit is not installed");
  Project project("lockstep");
  project.write("db/0001_a.sql", creating);
  project.git("project", {"add", "."});
  CHECK(project.preCommit({}).status == 0);
  project.git("project", {"commit", "--quiet", "--message", "one"});
  project.write("db/0002_b.sql", "CREATE INDEX users_name ON users (name);\n");
  project.git("project", {"add", "."});
  Outcome outcome = project.preCommit({});
  INFO(outcome.out << outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.find("db/0002_b.sql:1:1: error: building index 'users_name'") !=
        std::string::npos);
  // The table is known from the first file: nothing is assumed about it.
  CHECK(outcome.out.find("assuming") == std::string::npos);
  SECTION("excluded files stay out, though named") {
    project.write(".lockstep.yaml", "exclude: [db/0002_b.sql]\n");
    CHECK(project.preCommit({}).status == 0);
  }
  SECTION("chunks of names give the same findings as one call") {
    project.write("db/0003_c.sql", "DROP TABLE users;\n");
    project.git("project", {"add", "."});
    Outcome one = project.preCommit({"--files", "db/0001_a.sql", "db/0002_b.sql", "db/0003_c.sql"});
    for (const char *rule : {"[create-index-non-concurrently]", "[drop-table]"}) {
      CHECK(one.out.find(rule) != std::string::npos);
      CHECK(one.out.find(rule) == one.out.rfind(rule));
    }
  }
}

TEST_CASE("the staged hook judges what is staged as one change set") {
  if (!isInstalled())
    SKIP("pre-commit is not installed");
  Project project("lockstep-staged");
  project.write("README", "no migration\n");
  project.git("project", {"add", "."});
  CHECK(project.preCommit({}).status == 0);
  project.write("db/0001_a.sql", creating);
  project.write("db/0002_b.sql", "CREATE INDEX users_name ON users (name);\n");
  project.git("project", {"add", "."});
  Outcome together = project.preCommit({});
  INFO(together.out << together.err);
  CHECK(together.status == 0);
  project.git("project", {"commit", "--quiet", "--message", "one"});
  project.write("db/0003_c.sql", "CREATE INDEX users_name_2 ON users (name);\n");
  project.git("project", {"add", "."});
  // What is not staged is put aside by pre-commit, and not looked at anyway.
  project.write("db/0003_c.sql", "SELECT 1;\n");
  Outcome apart = project.preCommit({});
  INFO(apart.out << apart.err);
  CHECK(apart.status == 1);
  CHECK(apart.out.find("'users_name_2'") != std::string::npos);
}
