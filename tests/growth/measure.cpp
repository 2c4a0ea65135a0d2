#include "growth/measure.hpp"

#include "cli/commands.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace fs = std::filesystem;

namespace lockstep::growth {

using cli::Command;

/// The commands that generators ask for.
static int runCommand(const std::vector<std::string> &words) {
  const cli::Tool tool{"0"};
  std::vector<const char *> rest;
  for (size_t i = 1; i < words.size(); ++i)
    rest.push_back(words[i].c_str());
  beginCounting();
  if (words[0] == "check")
    return cli::checkCommand(tool, rest);
  if (words[0] == "effects")
    return cli::effectsCommand(tool, rest);
  if (words[0] == "schema")
    return cli::schemaCommand(tool, rest);
  if (words[0] == "baseline")
    return cli::baselineCommand(tool, rest);
  if (words[0] == "config")
    return cli::configCommand(tool, rest);
  if (words[0] == "init")
    return cli::initCommand(tool, rest);
  return 127;
}

static void git(const fs::path &folder, const std::string &arguments) {
  const std::string command = "git -C '" + folder.string() +
                              "' -c user.name=a -c user.email=a@example.com -c gc.auto=0 " +
                              arguments + " >/dev/null 2>&1";
  if (std::system(command.c_str()) != 0)
    std::fprintf(stderr, "growth: failed: %s\n", command.c_str());
}

static void writeProject(const Generator &generator, size_t n, const fs::path &folder) {
  fs::create_directories(folder);
  bool committed = false;
  for (const auto &[path, text] : generator.files(n)) {
    fs::create_directories((folder / path).parent_path());
    std::ofstream(folder / path, std::ios::binary) << text;
    if (generator.git && !committed) {
      git(folder, "init -q -b main");
      git(folder, "add -A");
      git(folder, "commit -q -m first");
      committed = true;
    }
  }
  if (generator.git)
    git(folder, "add -A");
}

/// The child's part: never returns.
[[noreturn]] static void runHere(const Generator &generator, const fs::path &folder,
                                 const std::string &out, int result, unsigned limit,
                                 const std::string &program) {
  const rlimit seconds{limit, limit + 1};
  setrlimit(RLIMIT_CPU, &seconds);
  const int file = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  if (chdir(folder.c_str()) != 0)
    _exit(126);
  setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
  if (!program.empty()) {
    std::vector<char *> argv{const_cast<char *>(program.c_str())};
    for (const std::string &word : generator.words)
      argv.push_back(const_cast<char *>(word.c_str()));
    argv.push_back(nullptr);
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  const int status = runCommand(generator.words);
  const Work work = countedWork();
  const bool told = write(result, &work, sizeof work) == sizeof work;
  _exit(told ? status : 125);
}

Run measure(const Generator &generator, size_t n, const fs::path &folder, unsigned limit,
            const std::string &program) {
  writeProject(generator, n, folder);
  const std::string out = folder.string() + ".out";
  int ends[2];
  Run run;
  if (pipe(ends) != 0)
    return run;
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    runHere(generator, folder, out, ends[1], limit, program);
  }
  close(ends[1]);
  std::array<char, sizeof(Work)> told{};
  if (program.empty() && read(ends[0], told.data(), told.size()) == sizeof(Work))
    std::memcpy(&run.work, told.data(), sizeof(Work));
  close(ends[0]);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.user_seconds = static_cast<double>(usage.ru_utime.tv_sec) +
                     static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
  std::ifstream stream(out, std::ios::binary);
  run.out.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  fs::remove(out);
  return run;
}

} // namespace lockstep::growth
