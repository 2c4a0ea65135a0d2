#include "git/repository.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <fstream>

namespace lockstep::test {

std::vector<std::string> gitEnvironment() {
  return {"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
          "GIT_AUTHOR_NAME=a",           "GIT_AUTHOR_EMAIL=a@example.org",
          "GIT_COMMITTER_NAME=a",        "GIT_COMMITTER_EMAIL=a@example.org"};
}

Repository::Repository(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  git({"init", "--quiet", "--initial-branch=main"});
}

void Repository::write(const std::filesystem::path &file, std::string_view text) const {
  std::filesystem::create_directories((folder_ / file).parent_path());
  std::ofstream(folder_ / file, std::ios::binary) << text;
}

Outcome Repository::tryGit(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {"git", "-c", "protocol.file.allow=always"});
  return run(arguments, folder_, {}, gitEnvironment());
}

std::string Repository::git(const std::vector<std::string> &arguments) const {
  Outcome outcome = tryGit(arguments);
  INFO(arguments.front() << ": " << outcome.err);
  REQUIRE(outcome.status == 0);
  return outcome.out;
}

void Repository::commit() const {
  git({"add", "--all"});
  git({"commit", "--quiet", "--allow-empty", "--message", "change"});
}

Outcome Repository::lockstep(std::vector<std::string> arguments,
                             const std::vector<std::string> &environment) const {
  arguments.insert(arguments.begin(), std::getenv("LOCKSTEP_BIN"));
  std::vector<std::string> all = environment; // The first of a name holds.
  for (std::string &entry : gitEnvironment())
    all.push_back(std::move(entry));
  return run(arguments, folder_, {}, all);
}

} // namespace lockstep::test
