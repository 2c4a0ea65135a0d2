#include "base/repository.hpp"

#include "base/path.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <sys/stat.h>

#include <filesystem>

using namespace lockstep::base;
using lockstep::test::TemporaryDirectory;

namespace {
struct Place {
  TemporaryDirectory directory;
  std::string root = absolutePath(directory.path().string());

  [[nodiscard]] std::string at(const std::string &path) const { return joinPath(root, path); }
  void write(const std::string &path, std::string_view text) const { directory.write(path, text); }
};
} // namespace

TEST_CASE("the nearest .git makes the repository") {
  const Place place;
  place.write("r/.git/HEAD", "ref: refs/heads/main\n");
  place.write("r/a/b/1.sql", "");
  CHECK(repositoryRootOf(place.at("r/a/b")) == place.at("r"));
  CHECK(repositoryOf(place.at("r")).git_folder == place.at("r/.git"));
  CHECK(isRepositoryRoot(place.at("r")));
  CHECK_FALSE(isRepositoryRoot(place.at("r/a")));
  SECTION("also for a folder that is not there yet") {
    CHECK(repositoryRootOf(place.at("r/later/on")) == place.at("r"));
  }
  SECTION("one inside of another") {
    place.write("r/a/.git/HEAD", "ref: refs/heads/main\n");
    CHECK(repositoryRootOf(place.at("r/a/b")) == place.at("r/a"));
  }
  SECTION("links are resolved before going upwards") {
    std::filesystem::create_directory_symlink(place.at("r/a"), place.at("link"));
    CHECK(repositoryRootOf(place.at("link/b")) == place.at("r"));
  }
}

TEST_CASE("a file may lead to git's folder") {
  const Place place;
  place.write("main/.git/worktrees/w/HEAD", "ref: refs/heads/w\n");
  place.write("w/.git", "gitdir: ../main/.git/worktrees/w\n");
  CHECK(repositoryOf(place.at("w")).root == place.at("w"));
  CHECK(repositoryOf(place.at("w")).git_folder == place.at("main/.git/worktrees/w"));
  place.write("w/.git", "gitdir: " + place.at("main/.git/worktrees/w") + "\r\n");
  CHECK(repositoryOf(place.at("w")).git_folder == place.at("main/.git/worktrees/w"));
  place.write("w/.git", "gitdir: ../moved\n");
  CHECK(repositoryOf(place.at("w")).root == place.at("w"));
}

TEST_CASE("what only looks like a repository is none") {
  const Place place;
  place.write("r/.git/HEAD", "ref: refs/heads/main\n");
  const auto root = [&](const std::string &folder) { return repositoryRootOf(place.at(folder)); };
  SECTION("a folder like the inside of git's own") {
    place.write("r/db/HEAD", "ref: refs/heads/main\n");
    place.write("r/db/config", "[core]\n\tfsmonitor = rm\n");
    std::filesystem::create_directories(place.at("r/db/objects"));
    std::filesystem::create_directories(place.at("r/db/refs"));
    CHECK(root("r/db") == place.at("r"));
  }
  SECTION("a .git without a HEAD") {
    std::filesystem::create_directories(place.at("r/db/.git"));
    CHECK(root("r/db") == place.at("r"));
    std::filesystem::create_directories(place.at("r/db/.git/HEAD"));
    CHECK(root("r/db") == place.at("r"));
  }
  SECTION("a file .git that leads nowhere") {
    for (const char *text : {"", "gitdir:", "gitdir: ", "gitdir: \n", "\ngitdir: ../x", "x"}) {
      place.write("r/db/.git", text);
      CHECK(root("r/db") == place.at("r"));
    }
    place.write("r/db/.git", "gitdir: " + std::string(10000, 'x'));
    CHECK(root("r/db") == place.at("r"));
  }
  SECTION("a pipe, which is not waited for") {
    std::filesystem::create_directories(place.at("r/db"));
    REQUIRE(mkfifo(place.at("r/db/.git").c_str(), 0600) == 0);
    CHECK(root("r/db") == place.at("r"));
  }
  SECTION("a link that leads nowhere, or in a circle") {
    std::filesystem::create_directories(place.at("r/db"));
    std::filesystem::create_symlink("nowhere", place.at("r/db/.git"));
    CHECK(root("r/db") == place.at("r"));
    std::filesystem::remove(place.at("r/db/.git"));
    std::filesystem::create_symlink(".git", place.at("r/db/.git"));
    CHECK(root("r/db") == place.at("r"));
  }
}
