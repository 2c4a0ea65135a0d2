#include "cli/terminal.hpp"

#include "base/text.hpp"
#include "report/escape.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

namespace lockstep::cli {

static std::string_view variable(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

bool wantsColor(ColorChoice choice) {
  if (choice != ColorChoice::automatic)
    return choice == ColorChoice::always;
  if (!variable("NO_COLOR").empty())
    return false;
  for (const char *force : {"FORCE_COLOR", "CLICOLOR_FORCE"})
    if (std::string_view value = variable(force); !value.empty() && value != "0")
      return true;
  return isatty(STDOUT_FILENO) && variable("TERM") != "dumb";
}

static void writeErr(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void complain(std::string_view message) { tell("lockstep: " + printable(message) + "\n"); }

void tell(std::string lines) { writeErr(sealed(Channel::text, std::move(lines))); }

bool writeOut(Channel channel, std::string document) {
  const std::string text = sealed(channel, std::move(document));
  const bool complete =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  const int problem = errno;
  if (complete || problem == EPIPE)
    return true;
  complain(format("cannot write to standard output: {}", std::strerror(problem)));
  return false;
}

Progress::Progress()
    : on_terminal_(isatty(STDERR_FILENO) && variable("TERM") != "dumb"),
      next_(std::chrono::steady_clock::now() + std::chrono::milliseconds(500)) {}

Progress::~Progress() {
  if (shown_)
    writeErr("\r\x1b[K");
}

void Progress::tell(std::string_view what, size_t done, size_t all) {
  if (!on_terminal_)
    return;
  auto now = std::chrono::steady_clock::now();
  if (now < next_)
    return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  writeErr("\rchecking " + printable(what) + ": " + std::to_string(done) + " of " +
           std::to_string(all) + " files\x1b[K");
}

} // namespace lockstep::cli
