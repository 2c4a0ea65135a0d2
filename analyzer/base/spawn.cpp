#include "base/spawn.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>

extern char **environ; // NOLINT: POSIX leaves its declaration to the program.

namespace lockstep::base {

int Deadline::left() const {
  if (!is_set_)
    return -1;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      end_ - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 0, INT_MAX));
}

static std::vector<std::string> mergedEnvironment(const std::vector<std::string> &own) {
  std::vector<std::string> merged;
  for (const std::string &entry : own)
    if (entry.find('=') != std::string::npos)
      merged.push_back(entry);
  for (char **entry = environ; *entry; ++entry) {
    std::string_view existing = *entry;
    std::string_view name = existing.substr(0, existing.find('='));
    bool replaced = false;
    for (const std::string &other : own)
      replaced = replaced || std::string_view(other).substr(0, other.find('=')) == name;
    if (!replaced)
      merged.emplace_back(existing);
  }
  return merged;
}

static std::vector<char *> pointersTo(std::vector<std::string> &texts) {
  std::vector<char *> pointers;
  for (std::string &text : texts)
    pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// The program's path; empty where it is not found.
static std::string find(const std::string &program) {
  if (program.find('/') != std::string::npos)
    return program;
  const char *path = std::getenv("PATH");
  for (std::string_view folder : split(path ? path : "/usr/local/bin:/usr/bin:/bin", ':')) {
    std::string file = joinPath(folder, program);
    struct stat status {};
    if (folder.starts_with('/') && stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
        access(file.c_str(), X_OK) == 0)
      return file;
  }
  return "";
}

Result<pid_t> spawnProcess(const std::vector<std::string> &arguments,
                           const std::vector<std::string> &environment, const Channels &channels) {
  const std::string program = find(arguments.front());
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const int ours[] = {channels.in, channels.out, channels.err};
  for (int number = STDIN_FILENO; number <= STDERR_FILENO; ++number)
    if (ours[number] < 0)
      posix_spawn_file_actions_addopen(&actions, number, "/dev/null",
                                       number == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0);
    else
      posix_spawn_file_actions_adddup2(&actions, ours[number], number);
  std::vector<std::string> texts = arguments;
  std::vector<std::string> merged = mergedEnvironment(environment);
  pid_t child = 0;
  const int error = program.empty()
                        ? ENOENT
                        : posix_spawn(&child, program.c_str(), &actions, nullptr,
                                      pointersTo(texts).data(), pointersTo(merged).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    return Error{format("cannot run {}: {}", arguments.front(), std::strerror(error))};
  return child;
}

int reap(pid_t process, bool end_it) {
  if (end_it)
    kill(process, SIGKILL);
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR)
      return 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace lockstep::base
