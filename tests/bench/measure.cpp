#include "bench/measure.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

extern char **environ;

namespace lockstep::bench {

static double seconds(const timeval &time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

static double cpuOf(const rusage &usage) {
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double cpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return cpuOf(usage);
}

static Cost runOnce(const std::vector<std::string> &command) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<char *> argv;
  for (const std::string &argument : command)
    argv.push_back(const_cast<char *>(argument.c_str()));
  argv.push_back(nullptr);

  Cost cost;
  auto begin = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ) != 0)
    return {0, 0, 0, 127};
  rusage usage{};
  wait4(child, &cost.status, 0, &usage);
  std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  posix_spawn_file_actions_destroy(&actions);
  cost.wall_seconds = wall.count();
  cost.cpu_seconds = cpuOf(usage);
  cost.peak_kilobytes = static_cast<uint64_t>(usage.ru_maxrss);
  return cost;
}

/// Runs once more and keeps the better one.
static void improve(Cost &best, const std::vector<std::string> &command) {
  const Cost cost = runOnce(command);
  if (cost.cpu_seconds < best.cpu_seconds)
    best = cost;
}

Cost measure(const std::vector<std::string> &command, int runs) {
  Cost best = runOnce(command);
  for (int run = 1; run < runs; ++run)
    improve(best, command);
  return best;
}

std::pair<Cost, Cost> measureInTurn(const std::vector<std::string> &first,
                                    const std::vector<std::string> &second, int runs) {
  std::pair<Cost, Cost> best{runOnce(first), runOnce(second)};
  for (int run = 1; run < runs; ++run) {
    improve(best.first, first);
    improve(best.second, second);
  }
  return best;
}

} // namespace lockstep::bench
