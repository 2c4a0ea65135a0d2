#include "base/out_of_memory.hpp"
#include "base/stack.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"

#include <llvm/Support/ErrorHandling.h>

#include <algorithm>
#include <array>
#include <csignal>

using namespace lockstep::cli;

static constexpr std::array<Command, 11> commands{{
    {"check", "find what would break running code or block traffic", &checkCommand},
    {"effects", "tell what each statement locks, rewrites and scans", &effectsCommand},
    {"schema", "tell the schema that a history leaves behind", &schemaCommand},
    {"rules", "list the rules", &rulesCommand},
    {"explain", "show a rule's page", &explainCommand},
    {"baseline", "set today's findings aside", &baselineCommand},
    {"config", "tell the settings that hold, and where they came from", &configCommand},
    {"init", "write a .lockstep.yaml from what is found", &initCommand},
    {"completions", "print completions for bash, zsh or fish", &completionsCommand},
    {"manual", "print the manual page", &manualCommand},
    {"version", "tell the versions of lockstep and of PostgreSQL's grammar", &versionCommand},
}};

static std::string overview() {
  std::string text = "lockstep finds the schema change that would take a service down.\n\n"
                     "Usage: lockstep COMMAND [OPTIONS] [PATHS]\n\n";
  for (const Command &command : commands) {
    std::string name(command.name);
    name.resize(13, ' ');
    text += "  " + name + std::string(command.summary) + "\n";
  }
  return text + "\n`lockstep COMMAND --help` tells a command's options.\n"
                "Exit status: 0 clean, 1 findings, 2 usage or other error.\n";
}

static int unknownCommand(std::string_view word) {
  std::vector<std::string_view> known;
  for (const Command &command : commands)
    known.push_back(command.name);
  std::string message = format("unknown command '{}'", word);
  if (std::string_view near = nearest(word, known); !near.empty())
    message += format("; did you mean '{}'?", near);
  complain(message + " `lockstep --help` lists them");
  return 2;
}

static int runCommand(Words words) {
  Tool tool{LOCKSTEP_VERSION};
  std::string_view first = words.size() > 1 ? std::string_view(words[1]) : std::string_view();
  if (first == "--help" || first == "-h" || first == "help")
    return writeOut(Channel::text, overview()) ? 0 : 2;
  if (first == "--version" || first == "-V")
    return versionCommand(tool, {});
  if (first.empty()) {
    complain("a command is missing");
    tell("\n" + overview());
    return 2;
  }
  auto command = std::find_if(commands.begin(), commands.end(),
                              [&](const Command &known) { return known.name == first; });
  if (command == commands.end())
    return unknownCommand(first);
  return command->run(tool, words.subspan(2));
}

int main(int argc, char **argv) {
  // Writing into a closed pipe is told by the write itself.
  std::signal(SIGPIPE, SIG_IGN);
  endWhenOutOfMemory();
  llvm::install_bad_alloc_error_handler([](void *, const char *, bool) { endOutOfMemory(); });
  const Words words(argv, static_cast<size_t>(argc));
  const Result<int> status = callWithStack([&] { return runCommand(words); });
  if (!status) {
    complain(status.error().message);
    return 2;
  }
  return *status;
}
