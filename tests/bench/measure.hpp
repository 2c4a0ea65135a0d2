#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lockstep::bench {

/// What a program cost.
struct Cost {
  double cpu_seconds = 0; ///< User and system.
  double wall_seconds = 0;
  uint64_t peak_kilobytes = 0;
  int status = 0;
};

/// Runs a program to its end, its output thrown away; the best of `runs` runs by CPU time.
[[nodiscard]] Cost measure(const std::vector<std::string> &command, int runs);
/// The same for two programs that are compared: they run in turn, so that whatever else the machine
/// does meets both.
[[nodiscard]] std::pair<Cost, Cost> measureInTurn(const std::vector<std::string> &first,
                                                  const std::vector<std::string> &second, int runs);

/// CPU seconds that this process has used.
[[nodiscard]] double cpuSeconds();

} // namespace lockstep::bench
