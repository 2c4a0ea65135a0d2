#include "cli/terminal.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace lockstep {

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

bool writeOut(std::string_view text) {
  size_t written = std::fwrite(text.data(), 1, text.size(), stdout);
  bool complete = written == text.size() && std::fflush(stdout) == 0;
  return complete || errno == EPIPE;
}

void complain(std::string_view message) {
  std::string line = "lockstep: " + std::string(message) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace lockstep
