#include "cli/input_options.hpp"

#include "base/pg/version.hpp"
#include "base/text.hpp"

#include <llvm/Support/CommandLine.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace lockstep::cli {

namespace cl = llvm::cl;

struct InputOptions::Registered {
  cl::OptionCategory group{"Input"};
  cl::list<std::string> paths{cl::Positional, cl::desc("[PATHS]")};
  cl::opt<std::string> config{"config", cl::value_desc("FILE"), cl::cat(group),
                              cl::desc("read this instead of the nearest .lockstep.yaml")};
  cl::opt<std::string> framework{"framework", cl::value_desc("NAME"), cl::cat(group),
                                 cl::desc("the tool that runs the migrations; else detected")};
  cl::opt<std::string> execution{
      "execution", cl::value_desc("MODEL"), cl::cat(group),
      cl::desc("tx-all, tx-file, implicit, pipeline, autocommit or unknown")};
  std::string versions = base::format("the servers that it must run on, {}; {}", knownPostgres(),
                                      std::to_string(default_postgres));
  cl::opt<std::string> postgres{"postgres", cl::value_desc("N[..M]"), cl::cat(group),
                                cl::desc(versions)};
  cl::list<std::string> exclude{"exclude", cl::value_desc("GLOB"), cl::cat(group),
                                cl::CommaSeparated, cl::desc("leave out what matches")};
  cl::opt<bool> force_exclude{"force-exclude", cl::cat(group),
                              cl::desc("leave it out even where it is named")};
  cl::opt<std::string> stdin_filename{"stdin-filename", cl::value_desc("PATH"), cl::cat(group),
                                      cl::desc("where the text of - stands")};
  cl::opt<std::string> since{"since", cl::value_desc("REVISION"), cl::cat(group),
                             cl::desc("report only on what is new since then, from the merge base "
                                      "to the working tree")};
  cl::opt<bool> staged{"staged", cl::cat(group),
                       cl::desc("report only on what git's index holds, as it stands there")};
  cl::opt<std::string> start_after{"start-after", cl::value_desc("VERSION"), cl::cat(group),
                                   cl::desc("report only on later migrations")};
  cl::opt<std::string> direction{"direction", cl::value_desc("up|down|both"), cl::init("up"),
                                 cl::cat(group), cl::desc("which parts of migrations; up")};
  cl::opt<std::string> jobs{"jobs", cl::value_desc("N"), cl::cat(group),
                            cl::desc("work on N threads; as many as there are processors")};
  cl::opt<bool> no_error{"no-error-on-unmatched-pattern", cl::cat(group),
                         cl::desc("a path with nothing to check is no error")};
};

InputOptions::InputOptions() : registered_(std::make_unique<Registered>()) {}
InputOptions::~InputOptions() = default;

InputArguments InputOptions::read(CommandLine &line, std::string_view color) const {
  const Registered &given = *registered_;
  InputArguments input;
  input.paths.assign(given.paths.begin(), given.paths.end());
  input.config = given.config;
  input.framework = given.framework;
  input.exclude.assign(given.exclude.begin(), given.exclude.end());
  input.force_exclude = given.force_exclude;
  input.stdin_filename = given.stdin_filename;
  input.start_after = given.start_after;
  if (given.since.getNumOccurrences() > 0)
    input.since = given.since;
  input.staged = given.staged;
  if (given.staged && !given.since.empty())
    line.refuse("--since and --staged are two change sets: give one of them");
  if (!input.stdin_filename.empty() &&
      std::find(input.paths.begin(), input.paths.end(), "-") == input.paths.end())
    line.refuse("--stdin-filename names the file whose text comes from standard input: give - as a "
                "path, too");
  input.unmatched_is_error = !given.no_error;
  if (!given.jobs.empty()) {
    const std::string &text = given.jobs.getValue();
    unsigned count = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (fault != std::errc() || end != text.data() + text.size() || count == 0 || count > 1000)
      line.refuse(base::format("--jobs takes a number from 1 to 1000, not '{}'", text));
    input.jobs = count;
  }
  if (!given.framework.empty()) {
    std::vector<std::string_view> known = frameworkNames();
    if (std::find(known.begin(), known.end(), given.framework.getValue()) == known.end())
      line.refuse(unknownWord("framework", given.framework.getValue(), known));
  }
  if (!given.execution.empty()) {
    input.execution = executionModelNamed(given.execution.getValue());
    if (!input.execution)
      line.refuse(unknownWord("execution model", given.execution.getValue(), executionNames()));
  }
  if (!given.postgres.empty()) {
    input.postgres = postgresVersionsNamed(given.postgres.getValue());
    if (!input.postgres)
      line.refuse(
          base::format("--postgres takes a version from {}, or a range such as {}, not '{}'",
                       knownPostgres(), examplePostgresRange(), given.postgres.getValue()));
  }
  enum class Way { up, down, both };
  static constexpr std::array<Named<Way>, 3> ways{
      {{"up", Way::up}, {"down", Way::down}, {"both", Way::both}}};
  if (auto way = valueNamed(line, "direction", given.direction.getValue(), ways)) {
    input.up = *way != Way::down;
    input.down = *way != Way::up;
  }
  static constexpr std::array<Named<ColorChoice>, 3> choices{{{"auto", ColorChoice::automatic},
                                                              {"always", ColorChoice::always},
                                                              {"never", ColorChoice::never}}};
  if (auto choice = valueNamed(line, "value of --color", color, choices))
    input.color = *choice;
  return input;
}

} // namespace lockstep::cli
