#pragma once
#include "growth/counters.hpp"
#include "growth/project.hpp"

#include <filesystem>
#include <string>

namespace lockstep::growth {

/// One run of the program.
struct Run {
  int status = -1; ///< Exit status; 128 + signal where it was killed.
  Work work;
  double user_seconds = 0;
  std::string out; ///< What it printed, errors too.
};

/// Makes the generator's project of size `n` in `folder`, which is made, and runs the program on
/// it: in a child of this process, where allocations are counted, or, where `program` is given, as
/// that program, of which only the time is known. It ends after `limit` seconds of CPU time, so
/// that what grows without bounds ends, too.
[[nodiscard]] Run measure(const Generator &generator, size_t n, const std::filesystem::path &folder,
                          unsigned limit, const std::string &program = "");

} // namespace lockstep::growth
