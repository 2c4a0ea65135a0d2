// What counts as a change, and what git is asked for it.
#include "git/repository.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace lockstep::test;
namespace fs = std::filesystem;

using Words = std::vector<std::string>;

static const std::string creating = "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n";
static const std::string breaking = "ALTER TABLE users DROP COLUMN name;\n";

static Outcome check(const Repository &repository, Words arguments, const Words &environment = {}) {
  arguments.insert(arguments.begin(), {"check", "--format", "concise", "--fail-on", "never",
                                       "--select", "drop-column,changed-applied-migration"});
  return repository.lockstep(arguments, environment);
}

/// "file:line:column rule" of every finding.
static Words found(const Repository &repository, const Words &arguments) {
  const Outcome outcome = check(repository, arguments);
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  Words all;
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);) {
    const size_t severity = line.find(": error: ");
    const size_t rule = line.rfind(" [");
    if (severity != std::string::npos && rule != std::string::npos)
      all.push_back(line.substr(0, severity) + line.substr(rule));
  }
  return all;
}

/// Lines of what git traced that hold the word.
static size_t traced(const fs::path &trace, const std::string &word) {
  size_t count = 0;
  std::istringstream lines(readFile(trace));
  for (std::string line; std::getline(lines, line);)
    count += line.find(word) != std::string::npos ? 1 : 0;
  return count;
}

TEST_CASE("a checkout's line breaks are no change") {
  TemporaryDirectory directory;
  const Repository repository(directory.path() / "r");
  repository.write("1_a.sql", creating);
  repository.write("2_b.sql", breaking);
  repository.commit();
  const std::string crlf = creating.substr(0, creating.size() - 1) + "\r\n";
  repository.write("1_a.sql", crlf);
  CHECK(found(repository, {".", "--since", "HEAD"}).empty());
  CHECK(found(repository, {".", "--staged"}).empty());
  SECTION("a text changes all the same") {
    repository.write("1_a.sql", crlf + breaking);
    CHECK(found(repository, {".", "--since", "HEAD"}) ==
          Words{"1_a.sql:2:1 [changed-applied-migration]"});
  }
  SECTION("the other way round it is one") {
    repository.git({"config", "core.autocrlf", "false"});
    repository.commit();
    repository.write("1_a.sql", creating);
    CHECK(check(repository, {".", "--since", "HEAD", "--show-files"}).out == "1_a.sql\n");
  }
}

TEST_CASE("a file that Git LFS keeps elsewhere is changed where its text is") {
  TemporaryDirectory directory;
  const Repository repository(directory.path() / "r");
  // What a checkout with Git LFS leaves: the pointer is in the repository, the text in the file.
  const std::string sum = "b5a1bf2a1f5b0a3a8bd3df7b5a34fb0ab4e2e7a3c3d1d4ad5a4b7b1d9a3a3f00";
  repository.write("1_a.sql", creating);
  const std::string real = run({"sha256sum", "1_a.sql"}, repository.folder()).out.substr(0, 64);
  const auto pointer = [&](const std::string &hash) {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:" + hash + "\nsize " +
           std::to_string(creating.size()) + "\n";
  };
  repository.write("1_a.sql", pointer(real));
  repository.commit();
  repository.write("1_a.sql", creating);
  CHECK(check(repository, {".", "--since", "HEAD", "--show-files"}).out.empty());
  CHECK(found(repository, {".", "--staged"}).empty());
  repository.write("1_a.sql", pointer(sum));
  repository.commit();
  repository.write("1_a.sql", creating);
  CHECK(check(repository, {".", "--since", "HEAD", "--show-files"}).out == "1_a.sql\n");
}

TEST_CASE("what the index says of a file does not hide it") {
  TemporaryDirectory directory;
  const Repository repository(directory.path() / "r");
  repository.write("1_a.sql", creating);
  repository.write("2_b.sql", breaking);
  repository.commit();
  SECTION("intended to be added") {
    repository.write("3_c.sql", breaking);
    repository.git({"add", "--intent-to-add", "3_c.sql"});
    CHECK(found(repository, {".", "--since", "HEAD"}) == Words{"3_c.sql:1:19 [drop-column]"});
  }
  SECTION("assumed to be unchanged") {
    repository.git({"update-index", "--assume-unchanged", "1_a.sql"});
    repository.write("1_a.sql", breaking);
    CHECK(found(repository, {".", "--since", "HEAD"}).size() == 2);
  }
  SECTION("left out by a sparse checkout") {
    repository.git({"update-index", "--skip-worktree", "2_b.sql"});
    fs::remove(repository.folder() / "2_b.sql");
    CHECK(found(repository, {".", "--since", "HEAD"}).empty());
    CHECK(found(repository, {".", "--staged"}).empty());
  }
  SECTION("no more tracked, but there") {
    repository.git({"rm", "--quiet", "--cached", "1_a.sql"});
    CHECK(found(repository, {".", "--since", "HEAD"}).empty());
    repository.write("1_a.sql", breaking);
    CHECK(found(repository, {".", "--since", "HEAD"}).size() == 2);
  }
  SECTION("changed in the index, and changed back") {
    repository.write("2_b.sql", "SELECT 1;\n");
    repository.git({"add", "."});
    repository.write("2_b.sql", breaking);
    CHECK(found(repository, {".", "--since", "HEAD"}).empty());
    CHECK(found(repository, {".", "--staged"}) == Words{"2_b.sql:1:1 [changed-applied-migration]"});
  }
  SECTION("with the same stat data") {
    struct stat before {};
    const fs::path file = repository.folder() / "2_b.sql";
    REQUIRE(stat(file.c_str(), &before) == 0);
    std::string text = breaking;
    text.replace(text.find("name"), 4, "id\"\"");
    repository.write("2_b.sql", text);
    const timespec times[] = {before.st_atim, before.st_mtim};
    REQUIRE(utimensat(AT_FDCWD, file.c_str(), times, 0) == 0);
    CHECK(check(repository, {".", "--since", "HEAD", "--show-files"}).out == "2_b.sql\n");
  }
}

TEST_CASE("a file that was moved in the working tree alone") {
  TemporaryDirectory directory;
  const Repository repository(directory.path() / "r");
  repository.write("old/1_a.sql", creating);
  repository.write("old/2_b.sql", breaking);
  repository.commit();
  fs::rename(repository.folder() / "old", repository.folder() / "new");
  SECTION("is new, and its old place empty") {
    CHECK(check(repository, {".", "--since", "HEAD", "--show-files"}).out ==
          "new/1_a.sql\nnew/2_b.sql\n");
  }
  SECTION("is moved once git was told") {
    repository.git({"add", "new"});
    CHECK(check(repository, {".", "--since", "HEAD", "--show-files"}).out.empty());
    repository.write("new/2_b.sql", breaking + "SELECT 1;\n");
    CHECK(check(repository, {".", "--since", "HEAD", "--show-files"}).out == "new/2_b.sql\n");
  }
}

TEST_CASE("texts come from one git process") {
  TemporaryDirectory directory;
  const Repository repository(directory.path() / "r");
  constexpr int count = 30;
  const auto file = [](int number) { return std::to_string(100 + number) + "_a.sql"; };
  for (int i = 0; i < count; ++i)
    repository.write(file(i), "CREATE TABLE t" + std::to_string(i) + " (a int, b int);\n");
  repository.commit();
  const auto change = [&](const std::string &text) {
    for (int i = 0; i < count; ++i)
      repository.write(file(i), text + std::to_string(i) + " (a int);\n");
  };
  const fs::path trace = directory.path() / "trace";
  change("CREATE TABLE u");
  SECTION("those of a commit") {
    CHECK(check(repository, {".", "--since", "HEAD"}, {"GIT_TRACE=" + trace.string()}).status == 0);
    CHECK(traced(trace, "built-in: git cat-file") == 1);
    CHECK(found(repository, {".", "--since", "HEAD"}).size() == count);
  }
  SECTION("those of the index") {
    repository.git({"add", "."});
    change("CREATE TABLE v");
    CHECK(check(repository, {".", "--staged"}, {"GIT_TRACE=" + trace.string()}).status == 0);
    CHECK(traced(trace, "built-in: git cat-file") == 1);
    CHECK(found(repository, {".", "--staged"}).size() == count);
  }
  CHECK(traced(trace, "built-in: git") <= 8);
}

namespace {
/// A clone that has no texts but those of its last commit.
struct PartialClone {
  TemporaryDirectory directory;
  Repository origin{directory.path() / "origin"};
  fs::path trace = directory.path() / "trace";

  PartialClone() {
    origin.git({"config", "uploadpack.allowFilter", "true"});
    origin.write("1_a.sql", creating);
    origin.write("2_b.sql", breaking);
    origin.write("4_d.sql", "SELECT 4;\n");
    origin.commit();
    origin.write("1_a.sql", creating + "SELECT 1;\n");
    fs::remove(origin.folder() / "4_d.sql");
    origin.write("3_c.sql", "ALTER TABLE other DROP COLUMN id;\n");
    origin.commit();
  }
  void clone(const std::string &filter) const {
    const Outcome outcome =
        run({"git", "-c", "protocol.file.allow=always", "clone", "--quiet", "--filter=" + filter,
             "file://" + origin.folder().string(), "clone"},
            directory.path(), {}, gitEnvironment());
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
  }
  [[nodiscard]] Outcome check(Words arguments) const {
    arguments.insert(arguments.begin(),
                     {std::getenv("LOCKSTEP_BIN"), "check", "--format", "concise", "--select",
                      "drop-column,changed-applied-migration", "--fail-on", "never"});
    Words environment = gitEnvironment();
    environment.push_back("GIT_TRACE=" + trace.string());
    return run(arguments, directory.path() / "clone", {}, environment);
  }
};
} // namespace

TEST_CASE("nothing is fetched in a partial clone") {
  const PartialClone partial;
  SECTION("without the texts of older commits") {
    partial.clone("blob:none");
    // The change set is known without them.
    const Outcome outcome = partial.check({".", "--since", "HEAD~1"});
    CHECK(outcome.status == 2);
    CHECK(outcome.out.find("3_c.sql:1:19: error: ") != std::string::npos);
    CHECK(outcome.err == "lockstep: cannot read the text of 1_a.sql from before the change set\n"
                         "lockstep: cannot read the text of 4_d.sql from before the change set\n");
    CHECK(outcome.out.find("4_d.sql:1:1: error: ") != std::string::npos);
    CHECK(outcome.out.find("is not in the repository, a partial clone, and lockstep fetches "
                           "nothing") != std::string::npos);
    CHECK(outcome.out.find("`git fetch --refetch --no-filter` gets them") != std::string::npos);
    const Outcome one = partial.check({"1_a.sql", "--since", "HEAD~1"});
    CHECK(one.status == 2);
    const std::string told = "`git cat-file -e ";
    const size_t at = one.out.find(told);
    REQUIRE(at != std::string::npos);
    const std::string blob = one.out.substr(at + told.size(), 40);
    CHECK(one.out.find(blob + "` gets it") != std::string::npos);
    CHECK(partial.check({".", "--staged"}).status == 0);
    CHECK(partial.check({"2_b.sql", "--since", "HEAD~1"}).status == 0);
    CHECK(traced(partial.trace, "fetch") == 0);
    // What it says helps.
    CHECK(run({"git", "-C", "clone", "-c", "protocol.file.allow=always", "cat-file", "-e", blob},
              partial.directory.path(), {}, gitEnvironment())
              .status == 0);
    const Outcome whole = partial.check({"1_a.sql", "--since", "HEAD~1"});
    CHECK(whole.status == 0);
    CHECK(whole.out.find("[changed-applied-migration]") != std::string::npos);
  }
  SECTION("without the folders of older commits") {
    partial.clone("tree:0");
    const Outcome outcome = partial.check({".", "--since", "HEAD~1"});
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find("is a partial clone without the folders of some commits, and lockstep "
                           "fetches nothing") != std::string::npos);
    CHECK(partial.check({"."}).status == 0);
    CHECK(traced(partial.trace, "fetch") == 0);
  }
}

TEST_CASE("a .gitignore that is a pipe is not waited for") {
  TemporaryDirectory directory;
  const Repository repository(directory.path() / "r");
  repository.write("db/1_a.sql", creating);
  repository.write("db/more/2_b.sql", breaking);
  repository.commit();
  for (const char *place : {".gitignore", "db/.gitignore", "db/more/.gitignore"}) {
    const fs::path path = repository.folder() / place;
    REQUIRE(mkfifo(path.c_str(), 0600) == 0);
    const std::string problem =
        path.string() + " is no file, and git would wait for what comes out of it: remove it";
    Outcome outcome = check(repository, {"db"});
    CHECK(outcome.status == 0);
    CHECK(outcome.out.find(".gitignore is not honoured: " + problem) != std::string::npos);
    CHECK(outcome.out.find("2_b.sql") != std::string::npos);
    outcome = check(repository, {"db", "--since", "HEAD"});
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "lockstep: cannot list the new files of " + repository.folder().string() +
                             ": " + problem + "\n");
    fs::remove(path);
  }
}

TEST_CASE("what stands in the place of git's other files is not waited for") {
  TemporaryDirectory directory;
  const Repository repository(directory.path() / "r");
  repository.write("1_a.sql", creating);
  repository.commit();
  repository.write("2_b.sql", breaking);
  SECTION("where git does not look") {
    for (const char *name : {".gitattributes", ".gitmodules", ".mailmap", ".git/HEAD.lock"})
      REQUIRE(mkfifo((repository.folder() / name).c_str(), 0600) == 0);
    CHECK(found(repository, {".", "--since", "HEAD"}) == Words{"2_b.sql:1:19 [drop-column]"});
    CHECK(found(repository, {".", "--staged"}).empty());
  }
  SECTION("where it would") {
    for (const char *name : {"config", "info/exclude", "packed-refs", "index"}) {
      const fs::path path = repository.folder() / ".git" / name;
      const fs::path kept = directory.path() / "kept";
      if (fs::exists(path))
        fs::rename(path, kept);
      REQUIRE(mkfifo(path.c_str(), 0600) == 0);
      const Outcome outcome = check(repository, {".", "--since", "HEAD"});
      CHECK(outcome.status == 2);
      CHECK(outcome.err == "lockstep: " + path.string() +
                               " is no file, and git would wait for what comes out of it: remove "
                               "it\n");
      fs::remove(path);
      if (fs::exists(kept))
        fs::rename(kept, path);
    }
  }
  SECTION("a link to a device is no file of its") {
    fs::create_symlink("/dev/null", repository.folder() / ".gitignore");
    CHECK(found(repository, {".", "--since", "HEAD"}) == Words{"2_b.sql:1:19 [drop-column]"});
  }
}

TEST_CASE("a repository that stands elsewhere is the one that the environment names") {
  TemporaryDirectory directory;
  const Repository elsewhere(directory.path() / "elsewhere");
  directory.write("home/1_a.sql", creating);
  const fs::path home = directory.path() / "home";
  const Words named{"GIT_DIR=" + (elsewhere.folder() / ".git").string(),
                    "GIT_WORK_TREE=" + home.string()};
  Words environment = gitEnvironment();
  environment.insert(environment.end(), named.begin(), named.end());
  for (const Words &command : {Words{"git", "add", "."}, Words{"git", "commit", "-qm", "one"}})
    REQUIRE(run(command, home, {}, environment).status == 0);
  directory.write("home/2_b.sql", breaking);
  const auto lockstep = [&](const fs::path &folder) {
    return run({std::getenv("LOCKSTEP_BIN"), "check", ".", "--since", "HEAD", "--show-files"},
               folder, {}, environment);
  };
  CHECK(lockstep(home).out == "2_b.sql\n");
  // It is not that of what lies beside its files.
  directory.write("beside/1_a.sql", creating);
  CHECK(lockstep(directory.path() / "beside").status == 2);
  // Nor of a repository of its own.
  const Repository own(home / "own");
  own.write("1_a.sql", creating);
  own.commit();
  own.write("3_c.sql", breaking);
  CHECK(lockstep(own.folder()).out == "3_c.sql\n");
}

TEST_CASE("git's refusal of another user's repository is not got round") {
  if (geteuid() != 0)
    SKIP("only root can give files away");
  TemporaryDirectory directory;
  const Repository repository(directory.path() / "r");
  repository.write("db/1_a.sql", creating);
  repository.commit();
  repository.write("db/2_b.sql", breaking);
  fs::permissions(directory.path(), fs::perms::owner_all | fs::perms::others_exec);
  const Outcome given = run({"chown", "-R", "65534:65534", "r"}, directory.path());
  REQUIRE(given.status == 0);
  for (const Words &arguments : {Words{"db", "--since", "HEAD"}, Words{"db", "--staged"}}) {
    const Outcome outcome = check(repository, arguments);
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "lockstep: git refuses the repository at " + repository.folder().string() +
                             ", which belongs to another user; to trust it, run: git config "
                             "--global --add safe.directory " +
                             repository.folder().string() + "\n");
  }
  const Outcome plain = check(repository, {"db"});
  CHECK(plain.out.find(".gitignore is not honoured: git refuses") != std::string::npos);
  // The user's own word holds.
  const std::string global = (directory.path() / "global").string();
  directory.write("global", "[safe]\n\tdirectory = " + repository.folder().string() + "\n");
  const Outcome trusted =
      check(repository, {"db", "--since", "HEAD"}, {"GIT_CONFIG_GLOBAL=" + global});
  CHECK(trusted.status == 0);
}
