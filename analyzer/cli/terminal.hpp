#pragma once
#include "cli/layer.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>

namespace lockstep::cli {

/// What --color asks for.
enum class ColorChoice { automatic, always, never };

/// Whether to print in colour: as asked, else as NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE say
/// (no-color.org, force-color.org), else where standard output is a terminal.
[[nodiscard]] bool wantsColor(ColorChoice choice);

/// Writes to standard output. A reader that went away is no fault; where writing fails otherwise,
/// says so on standard error and returns false.
[[nodiscard]] bool writeOut(std::string_view text);

/// Writes "lockstep: MESSAGE" to standard error, control characters shown escaped.
void complain(std::string_view message);

/// Says on standard error how far long work has come: only on a terminal, and only once it has
/// lasted for half a second. The line is gone with the object.
class Progress {
public:
  Progress();
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  void tell(std::string_view what, size_t done, size_t all);

private:
  bool on_terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

} // namespace lockstep::cli
