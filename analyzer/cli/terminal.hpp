#pragma once
#include "cli/layer.hpp"
#include "report/channel.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace lockstep::cli {

/// What --color asks for.
enum class ColorChoice { automatic, always, never };

/// Whether to print in colour: as asked, else as NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE say
/// (no-color.org, force-color.org), else where standard output is a terminal.
[[nodiscard]] bool wantsColor(ColorChoice choice);

/// Writes to standard output what is safe there; see Channel. A reader that went away is no fault;
/// where writing fails otherwise, says so on standard error and returns false.
[[nodiscard]] bool writeOut(Channel channel, std::string document);

/// Writes "lockstep: MESSAGE" to standard error, on one line whatever it holds.
void complain(std::string_view message);

/// Writes lines to standard error as they are, but for what may do harm there.
void tell(std::string lines);

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
