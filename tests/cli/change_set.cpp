// --since and --staged, in real git repositories.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

using namespace lockstep::test;
using nlohmann::json;
namespace fs = std::filesystem;

static const std::string creating = "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n";
static const std::string breaking = "ALTER TABLE users DROP COLUMN name;\n";

namespace {
/// A repository that knows no configuration but its own.
class Repository {
public:
  explicit Repository(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    git({"init", "--quiet", "--initial-branch=main"});
  }

  Outcome tryGit(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"git", "-c", "protocol.file.allow=always"});
    return run(arguments, folder_, {}, environment());
  }
  void git(const std::vector<std::string> &arguments) const {
    Outcome outcome = tryGit(arguments);
    INFO(arguments.front() << ": " << outcome.err);
    REQUIRE(outcome.status == 0);
  }
  void commit(const std::string &message = "change") const {
    git({"add", "--all"});
    git({"commit", "--quiet", "--allow-empty", "--message", message});
  }
  static std::vector<std::string> environment() {
    return {"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
            "GIT_AUTHOR_NAME=a",           "GIT_AUTHOR_EMAIL=a@example.org",
            "GIT_COMMITTER_NAME=a",        "GIT_COMMITTER_EMAIL=a@example.org"};
  }
  [[nodiscard]] const fs::path &folder() const { return folder_; }

private:
  fs::path folder_;
};
} // namespace

static Outcome check(const fs::path &folder, std::vector<std::string> arguments,
                     std::vector<std::string> environment = {}) {
  arguments.insert(arguments.begin(), {std::getenv("LOCKSTEP_BIN"), "check", "--fail-on", "never"});
  for (const std::string &entry : Repository::environment())
    environment.push_back(entry);
  return run(arguments, folder, {}, environment);
}

/// "file rule" of every finding.
static std::vector<std::string> findings(const fs::path &folder, std::vector<std::string> arguments,
                                         const std::vector<std::string> &environment = {}) {
  arguments.insert(arguments.begin(), {"--format", "json", "--select",
                                       "drop-column,drop-table,create-index-non-concurrently"});
  Outcome outcome = check(folder, arguments, environment);
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  std::vector<std::string> found;
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE(document.is_object());
  for (const json &finding : document["findings"])
    found.push_back(finding["file"].get<std::string>() + " " + finding["rule"].get<std::string>());
  return found;
}

using Found = std::vector<std::string>;

TEST_CASE("--since reports on what is new since the merge base, tracked or not") {
  TemporaryDirectory directory;
  Repository repository(directory.path() / "r");
  directory.write("r/db/0001_a.sql", creating);
  directory.write("r/db/0002_b.sql", breaking);
  repository.commit();
  repository.git({"switch", "--quiet", "--create", "feature"});
  directory.write("r/db/0003_c.sql", "DROP TABLE users;\n");
  repository.commit();
  // The other branch moves on; what it adds is not of this change set.
  repository.git({"switch", "--quiet", "main"});
  directory.write("r/other.sql", breaking);
  repository.commit();
  repository.git({"switch", "--quiet", "feature"});

  CHECK(findings(repository.folder(), {"."}).size() == 2);
  CHECK(findings(repository.folder(), {".", "--since", "main"}) ==
        Found{"db/0003_c.sql drop-table"});
  SECTION("untracked and changed files belong to it") {
    directory.write("r/db/0004_d.sql", breaking);
    directory.write("r/db/0002_b.sql", breaking + "SELECT 1;\n");
    CHECK(findings(repository.folder(), {".", "--since", "main"}) ==
          Found{"db/0002_b.sql drop-column", "db/0003_c.sql drop-table",
                "db/0004_d.sql drop-column"});
  }
  SECTION("ignored files do not") {
    directory.write("r/.gitignore", "*_local.sql\n");
    directory.write("r/db/0004_local.sql", "DROP SCHEMA public CASCADE;\n");
    CHECK(findings(repository.folder(), {".", "--since", "main"}) ==
          Found{"db/0003_c.sql drop-table"});
  }
  SECTION("named paths only narrow it") {
    CHECK(findings(repository.folder(), {"db/0002_b.sql", "--since", "main"}).empty());
  }
  SECTION("from a folder below") {
    CHECK(findings(repository.folder() / "db", {".", "--since", "main"}) ==
          Found{"0003_c.sql drop-table"});
    CHECK(findings(repository.folder() / "db", {"../db", "--since", "main"}).size() == 1);
  }
  SECTION("the configuration's `since` is overruled by an empty one") {
    directory.write("r/.lockstep.yaml", "since: main\n");
    CHECK(findings(repository.folder(), {"."}).size() == 1);
    CHECK(findings(repository.folder() / "db", {"."}).size() == 1);
    CHECK(findings(repository.folder(), {".", "--since="}).size() == 2);
  }
  SECTION("--show-files lists it") {
    CHECK(check(repository.folder(), {".", "--since", "main", "--show-files"}).out ==
          "db/0003_c.sql\n");
  }
  SECTION("a merge brings in what the other branch had") {
    repository.git({"merge", "--quiet", "--no-edit", "main"});
    CHECK(findings(repository.folder(), {".", "--since", "main"}) ==
          Found{"db/0003_c.sql drop-table"});
  }
  SECTION("nothing new is said, and no fault") {
    repository.git({"switch", "--quiet", "main"});
    Outcome outcome = check(repository.folder(), {".", "--since", "feature"});
    CHECK(findings(repository.folder(), {"db", "--since", "HEAD"}).empty());
    CHECK(check(repository.folder(), {"db", "--since", "HEAD"}).out ==
          "notice: the change set is empty: no migration that was asked for is new or changed "
          "(since 'HEAD')\n\nnothing was checked\n");
  }
}

TEST_CASE("a migration that the change set deletes is reported") {
  TemporaryDirectory directory;
  Repository repository(directory.path() / "r");
  directory.write("r/db/0001_a.sql", creating);
  directory.write("r/db/0002_b.sql", breaking);
  directory.write("r/db/0003_c.sql", "SELECT 1;\n");
  directory.write("r/db/notes.txt", "x\n");
  repository.commit();
  const std::vector<std::string> rule{"--since",  "HEAD",   "--select", "changed-applied-migration",
                                      "--format", "concise"};
  const auto report = [&](const std::string &path) {
    std::vector<std::string> arguments = rule;
    arguments.push_back(path);
    return check(repository.folder(), arguments).out;
  };
  fs::remove(repository.folder() / "db/0002_b.sql");
  fs::remove(repository.folder() / "db/notes.txt");
  const std::string found = "db/0002_b.sql:1:1: error: servers may have run this migration, and it "
                            "is gone: those that are set up from now on go without it "
                            "[changed-applied-migration]\n";
  CHECK(report(".").starts_with(found));
  CHECK(report("db").starts_with(found));
  SECTION("staged, too") {
    repository.git({"add", "--all"});
    CHECK(check(repository.folder(),
                {".", "--staged", "--select", "changed-applied-migration", "--format", "concise"})
              .out.starts_with(found));
  }
  SECTION("beside what is new") {
    directory.write("r/db/0004_d.sql", "DROP TABLE users;\n");
    CHECK(report(".").starts_with(found));
  }
  SECTION("not where single files are asked for") {
    CHECK(report("db/0003_c.sql").find("0002_b") == std::string::npos);
  }
  SECTION("not where its version lives on under another name") {
    directory.write("r/db/0002_renamed.sql", "ALTER TABLE users DROP COLUMN name;\nSELECT 1;\n");
    CHECK(report(".").find("is gone") == std::string::npos);
  }
  SECTION("with the folder that it stood in") {
    directory.write("r/p/prisma/migrations/1_a/migration.sql", creating);
    directory.write("r/p/prisma/migrations/2_b/migration.sql", breaking);
    directory.write("r/p/prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
    repository.commit();
    fs::remove_all(repository.folder() / "p/prisma/migrations/2_b");
    CHECK(report("p").starts_with("p/prisma/migrations/2_b/migration.sql:1:1: error: "));
  }
}

TEST_CASE("what the change set creates is new in all of it") {
  TemporaryDirectory directory;
  Repository repository(directory.path() / "r");
  directory.write("r/0001_a.sql", creating);
  repository.commit();
  repository.git({"tag", "deployed"});
  directory.write("r/0002_b.sql", "CREATE TABLE orders (id bigint);\n");
  directory.write("r/0003_c.sql", "CREATE INDEX orders_id ON orders (id);\n"
                                  "CREATE INDEX users_name ON users (name);\n");
  repository.commit();
  CHECK(findings(repository.folder(), {"."}).size() == 2);
  CHECK(findings(repository.folder(), {".", "--since", "deployed"}) ==
        Found{"0003_c.sql create-index-non-concurrently"});
  Outcome outcome = check(repository.folder(), {".", "--since", "deployed"});
  CHECK(outcome.out.find("index 'users_name'") != std::string::npos);
}

TEST_CASE("--staged reports on the index as it stands there") {
  TemporaryDirectory directory;
  Repository repository(directory.path() / "r");
  directory.write("r/0001_a.sql", creating);
  repository.commit();
  directory.write("r/0002_b.sql", breaking);
  repository.git({"add", "0002_b.sql"});
  CHECK(findings(repository.folder(), {".", "--staged"}) == Found{"0002_b.sql drop-column"});
  SECTION("not the working tree's text") {
    directory.write("r/0002_b.sql", "SELECT 1;\n");
    CHECK(findings(repository.folder(), {"."}).empty());
    CHECK(findings(repository.folder(), {".", "--staged"}) == Found{"0002_b.sql drop-column"});
    CHECK(findings(repository.folder().parent_path(), {"r", "--staged"}) ==
          Found{"r/0002_b.sql drop-column"});
    CHECK(findings(repository.folder().parent_path(), {repository.folder().string(), "--staged"}) ==
          Found{"r/0002_b.sql drop-column"});
  }
  SECTION("files that the working tree lost are there") {
    fs::remove(repository.folder() / "0002_b.sql");
    CHECK(findings(repository.folder(), {".", "--staged"}) == Found{"0002_b.sql drop-column"});
  }
  SECTION("folders, too") {
    directory.write("r/db/0001_x.sql", "DROP TABLE users;\n");
    repository.git({"add", "db"});
    fs::remove_all(repository.folder() / "db");
    CHECK(findings(repository.folder(), {".", "--staged"}) ==
          Found{"0002_b.sql drop-column", "db/0001_x.sql drop-table"});
    CHECK(findings(repository.folder(), {"db", "--staged"}) == Found{"db/0001_x.sql drop-table"});
  }
  SECTION("files that were not added are not") {
    directory.write("r/0003_c.sql", "DROP TABLE users;\n");
    CHECK(findings(repository.folder(), {".", "--staged"}) == Found{"0002_b.sql drop-column"});
    CHECK(check(repository.folder(), {"0003_c.sql", "--staged"}).err.find("0003_c.sql") !=
          std::string::npos);
  }
  SECTION("context comes from the index, too") {
    directory.write("r/0001_a.sql", "");
    directory.write("r/0002_b.sql", "CREATE INDEX i ON users (name);\n");
    repository.git({"add", "0002_b.sql"});
    CHECK(check(repository.folder(), {".", "--staged"}).out.find("assuming") == std::string::npos);
  }
  SECTION("in a repository without a commit") {
    Repository fresh(directory.path() / "fresh");
    directory.write("fresh/0001_b.sql", breaking);
    fresh.git({"add", "."});
    CHECK(findings(fresh.folder(), {".", "--staged"}) == Found{"0001_b.sql drop-column"});
  }
  SECTION("with the index that a hook names") {
    // `git commit PATH` writes the commit's index to a file of its own.
    fs::copy_file(repository.folder() / ".git/index", repository.folder() / ".git/next-index");
    repository.git({"reset", "--quiet"});
    CHECK(findings(repository.folder(), {".", "--staged"}).empty());
    CHECK(findings(repository.folder(), {".", "--staged"}, {"GIT_INDEX_FILE=.git/next-index"}) ==
          Found{"0002_b.sql drop-column"});
    CHECK(findings(repository.folder(), {".", "--staged"},
                   {"GIT_INDEX_FILE=.git/next-index", "GIT_DIR=.git"}) ==
          Found{"0002_b.sql drop-column"});
  }
}

TEST_CASE("a moved file is not new, one with another version is") {
  TemporaryDirectory directory;
  Repository repository(directory.path() / "r");
  directory.write("r/old/0001_a.sql", creating);
  directory.write("r/old/0002_b.sql", breaking);
  repository.commit();
  repository.git({"mv", "old", "new"});
  SECTION("only moved") {
    CHECK(findings(repository.folder(), {".", "--since", "HEAD"}).empty());
    CHECK(findings(repository.folder(), {".", "--staged"}).empty());
  }
  SECTION("renamed, but of the same version") {
    repository.git({"mv", "new/0002_b.sql", "new/0002_better_name.sql"});
    CHECK(findings(repository.folder(), {".", "--since", "HEAD"}).empty());
  }
  SECTION("moved and changed") {
    directory.write("r/new/0002_b.sql", breaking + "SELECT 1;\n");
    repository.git({"add", "."});
    CHECK(findings(repository.folder(), {".", "--since", "HEAD"}) ==
          Found{"new/0002_b.sql drop-column"});
  }
  SECTION("another version") {
    repository.git({"mv", "new/0002_b.sql", "new/0012_b.sql"});
    CHECK(findings(repository.folder(), {".", "--since", "HEAD"}) ==
          Found{"new/0012_b.sql drop-column"});
  }
}

TEST_CASE("a worktree is a repository of its own files") {
  TemporaryDirectory directory;
  Repository repository(directory.path() / "r");
  directory.write("r/0001_a.sql", creating);
  repository.commit();
  repository.git({"worktree", "add", "--quiet", "-b", "feature", "../w"});
  directory.write("w/0002_b.sql", breaking);
  CHECK(findings(directory.path() / "w", {".", "--since", "main"}) ==
        Found{"0002_b.sql drop-column"});
  CHECK(findings(repository.folder(), {".", "--since", "main"}).empty());
  // From outside, each path asks its own.
  CHECK(findings(directory.path(), {"r", "w", "--since", "main"}) ==
        Found{"w/0002_b.sql drop-column"});
}

TEST_CASE("a submodule starts from the commit that its repository records") {
  TemporaryDirectory directory;
  Repository migrations(directory.path() / "m");
  directory.write("m/0001_a.sql", creating);
  migrations.commit();
  Repository repository(directory.path() / "r");
  repository.git({"submodule", "--quiet", "add", "../m", "db"});
  repository.commit();
  repository.git({"switch", "--quiet", "--create", "feature"});
  directory.write("r/db/0002_b.sql", breaking);
  Repository inside(repository.folder() / "db");
  inside.commit();
  repository.commit();
  directory.write("r/db/0003_c.sql", "DROP TABLE users;\n");

  CHECK(findings(repository.folder(), {".", "--since", "main"}) ==
        Found{"db/0002_b.sql drop-column", "db/0003_c.sql drop-table"});
  SECTION("one that is new is new altogether") {
    CHECK(findings(repository.folder(), {".", "--since", "main~0"}).size() == 2);
    repository.git({"submodule", "--quiet", "add", "../m", "db2"});
    directory.write("r/db2/0001_a.sql", creating + "CREATE INDEX i ON gone (id);\n");
    CHECK(findings(repository.folder(), {"db2", "--since", "main"}) ==
          Found{"db2/0001_a.sql create-index-non-concurrently"});
  }
  SECTION("asked from inside, the revision is the submodule's own") {
    CHECK(findings(repository.folder() / "db", {".", "--since", "HEAD"}) ==
          Found{"0003_c.sql drop-table"});
  }
  SECTION("a hook's environment is not its own") {
    inside.git({"add", "."});
    CHECK(findings(repository.folder(), {"db", "--staged"},
                   {"GIT_DIR=.git", "GIT_INDEX_FILE=.git/index"}) ==
          Found{"db/0003_c.sql drop-table"});
  }
}

TEST_CASE("what keeps git from answering is said, with what to do") {
  TemporaryDirectory directory;
  Repository repository(directory.path() / "r");
  directory.write("r/0001_a.sql", creating);
  repository.commit();
  directory.write("r/0002_b.sql", breaking);
  repository.commit();
  auto complaint = [&](const fs::path &folder, const std::string &revision,
                       const std::vector<std::string> &environment = {}) {
    Outcome outcome = check(folder, {".", "--since", revision}, environment);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    return outcome.err;
  };
  SECTION("no such revision") {
    CHECK(complaint(repository.folder(), "v1") ==
          "lockstep: unknown revision 'v1' in the repository at " + repository.folder().string() +
              "; fetch it first, or see `git branch --all` for those that are here\n");
  }
  SECTION("one that looks like an option") {
    CHECK(complaint(repository.folder(), "--all").find("unknown revision '--all'") !=
          std::string::npos);
  }
  SECTION("only the remote has it") {
    repository.git({"branch", "release"});
    repository.tryGit({"clone", "--quiet", ".", "../c"});
    CHECK(complaint(directory.path() / "c", "release").find("did you mean origin/release?") !=
          std::string::npos);
  }
  SECTION("a shallow clone") {
    repository.git({"tag", "deployed", "HEAD~1"});
    repository.tryGit({"clone", "--quiet", "--depth=1", "--no-local",
                       "file://" + repository.folder().string(), "../s"});
    CHECK(complaint(directory.path() / "s", "deployed").find("git fetch --unshallow") !=
          std::string::npos);
  }
  SECTION("no common commit") {
    repository.git({"switch", "--quiet", "--orphan", "other"});
    repository.commit();
    directory.write("r/0001_a.sql", creating);
    CHECK(complaint(repository.folder(), "main").find("have no common commit") !=
          std::string::npos);
  }
  SECTION("no commit yet") {
    Repository fresh(directory.path() / "fresh");
    directory.write("fresh/1.sql", creating);
    CHECK(complaint(fresh.folder(), "main").find("has no commit yet") != std::string::npos);
  }
  SECTION("no repository") {
    directory.write("plain/1.sql", creating);
    CHECK(complaint(directory.path() / "plain", "main") ==
          "lockstep: this folder is not in a git repository: --since and --staged ask git what is "
          "new\n");
  }
  SECTION("no git") {
    CHECK(complaint(repository.folder(), "main", {"PATH=/nonexistent"}) ==
          "lockstep: cannot run git: No such file or directory; --since, --staged and .gitignore "
          "need git\n");
  }
  SECTION("a repository of another user") {
    std::string message =
        complaint(repository.folder(), "main", {"GIT_TEST_ASSUME_DIFFERENT_OWNER=1"});
    CHECK(message.find("belongs to another user; to trust it, run: git config --global --add "
                       "safe.directory " +
                       repository.folder().string()) != std::string::npos);
  }
}

TEST_CASE("--since and --staged exclude each other") {
  TemporaryDirectory directory;
  directory.write("1.sql", creating);
  CHECK(check(directory.path(), {".", "--since", "main", "--staged"}).status == 2);
}
