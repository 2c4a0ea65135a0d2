#include "base/process.hpp"

#include "base/text.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

extern char **environ; // NOLINT: POSIX leaves its declaration to the program.

namespace lockstep::base {

namespace {
/// A pipe of which the child gets the writing end.
struct Pipe {
  int read_end = -1;
  int write_end = -1;

  Pipe() = default;
  Pipe(const Pipe &) = delete;
  Pipe &operator=(const Pipe &) = delete;
  ~Pipe() {
    close(read_end);
    close(write_end);
  }

  [[nodiscard]] bool open() {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
      return false;
    read_end = ends[0];
    write_end = ends[1];
    return fcntl(read_end, F_SETFD, FD_CLOEXEC) == 0 && fcntl(write_end, F_SETFD, FD_CLOEXEC) == 0;
  }
  static void close(int &end) {
    if (end >= 0)
      ::close(end);
    end = -1;
  }
};
} // namespace

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

/// Reads both pipes as the child fills them, so that neither can block it.
static void drain(Pipe &out, Pipe &err, ProcessOutput &output) {
  std::array<char, 65536> buffer{};
  while (out.read_end >= 0 || err.read_end >= 0) {
    std::array<pollfd, 2> polled{pollfd{out.read_end, POLLIN, 0}, pollfd{err.read_end, POLLIN, 0}};
    if (poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR)
      return;
    for (size_t i = 0; i < polled.size(); ++i) {
      if (polled[i].revents == 0)
        continue;
      Pipe &from = i == 0 ? out : err;
      ssize_t size = read(from.read_end, buffer.data(), buffer.size());
      if (size > 0)
        (i == 0 ? output.out : output.err).append(buffer.data(), static_cast<size_t>(size));
      else if (size == 0 || errno != EINTR)
        Pipe::close(from.read_end);
    }
  }
}

Result<ProcessOutput> runProcess(const std::vector<std::string> &arguments,
                                 const std::vector<std::string> &environment) {
  auto failed = [&](int error) {
    return Error{format("cannot run {}: {}", arguments.front(), std::strerror(error))};
  };
  Pipe out;
  Pipe err;
  if (!out.open() || !err.open())
    return failed(errno);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.write_end, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.write_end, STDERR_FILENO);
  std::vector<std::string> texts = arguments;
  std::vector<std::string> merged = mergedEnvironment(environment);
  pid_t child = 0;
  int error = posix_spawnp(&child, texts.front().c_str(), &actions, nullptr,
                           pointersTo(texts).data(), pointersTo(merged).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    return failed(error);
  Pipe::close(out.write_end);
  Pipe::close(err.write_end);
  ProcessOutput output;
  drain(out, err, output);
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      return failed(errno);
  output.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return output;
}

} // namespace lockstep::base
