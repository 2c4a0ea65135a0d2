#include "support/process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

extern char **environ;

namespace lockstep::test {

std::string readFile(const std::filesystem::path &file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "lockstep-XXXXXX").string();
  if (!mkdtemp(pattern.data()))
    throw std::runtime_error("cannot make a temporary directory");
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TemporaryDirectory::write(const std::filesystem::path &file, std::string_view text) const {
  std::filesystem::path target = path_ / file;
  std::filesystem::create_directories(target.parent_path());
  std::ofstream stream(target, std::ios::binary);
  stream.write(text.data(), static_cast<std::streamsize>(text.size()));
}

Outcome run(const std::vector<std::string> &command, const std::filesystem::path &directory,
            std::string_view input, const std::vector<std::string> &environment) {
  TemporaryDirectory files;
  files.write("in", input);
  std::string in = (files.path() / "in").string();
  std::string out = (files.path() / "out").string();
  std::string err = (files.path() / "err").string();

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());

  std::vector<char *> argv;
  for (const std::string &argument : command)
    argv.push_back(const_cast<char *>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<char *> env;
  for (const std::string &entry : environment)
    env.push_back(const_cast<char *>(entry.c_str()));
  for (char **entry = environ; *entry; ++entry)
    env.push_back(*entry);
  env.push_back(nullptr);

  pid_t child = 0;
  int failed = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), env.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed)
    throw std::runtime_error("cannot run " + command.front());
  int status = 0;
  waitpid(child, &status, 0);
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {code, readFile(out), readFile(err)};
}

Outcome runLockstep(const std::vector<std::string> &arguments,
                    const std::filesystem::path &directory, std::string_view input) {
  const char *binary = std::getenv("LOCKSTEP_BIN");
  if (!binary)
    throw std::runtime_error("LOCKSTEP_BIN does not name the program: run the tests with ctest");
  std::vector<std::string> command{binary};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command, directory, input, {"NO_COLOR=1"});
}

} // namespace lockstep::test
