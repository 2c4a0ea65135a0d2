#pragma once
#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::base {

/// What a program that ran to its end left.
struct ProcessOutput {
  int exit_code = 0; ///< 128 + n where signal n ended it.
  std::string out;
  std::string err;
};

/// Runs a program, found on PATH, with these arguments and nothing on its standard input, and waits
/// for it. No shell takes part. `environment` holds NAME=value entries that replace or extend ours,
/// and bare names of those that the program shall not inherit.
[[nodiscard]] Result<ProcessOutput> runProcess(const std::vector<std::string> &arguments,
                                               const std::vector<std::string> &environment = {});

} // namespace lockstep::base
