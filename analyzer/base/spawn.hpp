#pragma once
#include "base/result.hpp"

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace lockstep::base {

/// A moment from which on nothing is waited for any more.
class Deadline {
public:
  /// Zero seconds: never.
  explicit Deadline(std::chrono::seconds limit)
      : is_set_(limit.count() > 0), end_(std::chrono::steady_clock::now() + limit) {}

  /// Milliseconds that are left, as poll() takes them: -1 for ever, 0 where it is over.
  [[nodiscard]] int left() const;

private:
  bool is_set_;
  std::chrono::steady_clock::time_point end_;
};

/// Where a new process reads and writes; -1 is /dev/null.
struct Channels {
  int in = -1;
  int out = -1;
  int err = -1;
};

/// Starts a program without a shell. It is looked for in the absolute folders of PATH only: a
/// relative one would find what a checkout calls by its name. `environment` is that of runProcess.
[[nodiscard]] Result<pid_t> spawnProcess(const std::vector<std::string> &arguments,
                                         const std::vector<std::string> &environment,
                                         const Channels &channels);
/// Waits until the process has ended, ending it first where asked to; 128 + n where signal n ended
/// it.
int reap(pid_t process, bool end_it);

} // namespace lockstep::base
