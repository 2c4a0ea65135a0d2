// Arguments of the commands around the check: rules, baseline, config, init and the like.
#include "base/text.hpp"
#include "cli/arguments.hpp"
#include "cli/command_line.hpp"
#include "cli/input_options.hpp"

#include <llvm/Support/CommandLine.h>

#include <algorithm>
#include <array>

namespace lockstep::cli {

namespace cl = llvm::cl;

static std::vector<std::string> valuesOf(const cl::list<std::string> &list) {
  return {list.begin(), list.end()};
}

namespace {
struct PageOptions {
  NoForeignOptions first;
  cl::OptionCategory output{"Output"};
  cl::list<std::string> words{cl::Positional, cl::desc("[RULES]")};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::init("text"), cl::cat(output),
                              cl::desc("text, json or markdown")};
};

struct BaselineOptions {
  NoForeignOptions first;
  InputOptions input;
  cl::OptionCategory output{"Baseline"};
  cl::opt<std::string> file{"baseline", cl::value_desc("FILE"), cl::cat(output),
                            cl::desc("the baseline; else that of the configuration, else the "
                                     "nearest .lockstep-baseline.json")};
  cl::opt<bool> force{"force", cl::cat(output), cl::desc("create: replace the one that is there")};
};

struct ConfigOptions {
  NoForeignOptions first;
  InputOptions input;
  cl::OptionCategory output{"Output"};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::init("text"), cl::cat(output),
                              cl::desc("text or json")};
};

struct InitOptions {
  NoForeignOptions first;
  cl::OptionCategory output{"Output"};
  cl::list<std::string> words{cl::Positional, cl::desc("[FOLDER]")};
  cl::opt<bool> print{"stdout", cl::cat(output), cl::desc("print it instead of writing it")};
  cl::opt<bool> force{"force", cl::cat(output), cl::desc("replace the one that is there")};
};

struct WordOptions {
  NoForeignOptions first;
  cl::OptionCategory output{"Output"};
  cl::list<std::string> words{cl::Positional, cl::desc("[WORDS]")};
};
} // namespace

static CommandLine lineOf(const PageOptions &, std::string_view command) {
  std::string_view usage = command == "explain" ? "RULE..." : "";
  std::string_view overview = "Lists the rules.";
  if (command == "explain")
    overview =
        "Shows the pages of rules, named by id or by the name that another tool has for them.";
  else if (command == "version")
    overview = "Tells the versions of lockstep and of PostgreSQL's grammar.";
  CommandLine line(command, usage, overview);
  line.show("Output");
  return line;
}

static CommandLine lineOf(const BaselineOptions &) {
  CommandLine line("baseline", "create|update|prune [PATHS]",
                   "Sets today's findings aside, so that only later ones are reported.\n"
                   "create writes them, update makes them those of today, prune only takes out\n"
                   "those that are no more.");
  line.show("Baseline");
  line.show("Input");
  return line;
}

static CommandLine lineOf(const ConfigOptions &) {
  CommandLine line("config", "[PATHS]",
                   "Tells the settings that hold for the paths, and where each came from.");
  line.show("Output");
  line.show("Input");
  return line;
}

static CommandLine lineOf(const InitOptions &) {
  CommandLine line("init", "[FOLDER]",
                   "Writes a commented .lockstep.yaml from what is found below the folder.");
  line.show("Output");
  return line;
}

static CommandLine lineOf(const WordOptions &, std::string_view command) {
  bool is_manual = command == "manual";
  CommandLine line(command, is_manual ? "" : "bash|zsh|fish",
                   is_manual ? "Prints the manual page, as man reads it."
                             : "Prints what makes a shell complete lockstep's words.");
  line.show("Output");
  return line;
}

Parsed<PageArguments> parsePage(Words words, std::string_view command) {
  PageOptions options;
  CommandLine line = lineOf(options, command);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  PageArguments page;
  page.words = valuesOf(options.words);
  if (command != "explain" && !page.words.empty())
    line.refuse(base::format("'{}' takes no further words", command));
  static constexpr std::array<Named<PageFormat>, 3> formats{
      {{"text", PageFormat::text}, {"json", PageFormat::json}, {"markdown", PageFormat::markdown}}};
  if (auto format = valueNamed(line, "format", options.format.getValue(), formats))
    page.format = *format;
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(page), 0};
}

Parsed<BaselineArguments> parseBaseline(Words words) {
  BaselineOptions options;
  CommandLine line = lineOf(options);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  BaselineArguments baseline;
  baseline.input = options.input.read(line, "auto");
  std::vector<std::string> &paths = baseline.input.paths;
  static constexpr std::array<Named<BaselineAction>, 3> actions{{{"create", BaselineAction::create},
                                                                 {"update", BaselineAction::update},
                                                                 {"prune", BaselineAction::prune}}};
  if (paths.empty())
    line.refuse("baseline needs to be told what to do: create, update or prune");
  else if (auto action = valueNamed(line, "action", paths.front(), actions))
    baseline.action = *action;
  if (!paths.empty())
    paths.erase(paths.begin());
  if (options.file.getNumOccurrences() > 0)
    baseline.input.baseline = options.file;
  baseline.force = options.force;
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(baseline), 0};
}

Parsed<ConfigArguments> parseConfig(Words words) {
  ConfigOptions options;
  CommandLine line = lineOf(options);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  ConfigArguments config;
  config.input = options.input.read(line, "auto");
  if (options.format != "text" && options.format != "json")
    line.refuse(unknownWord("format", options.format.getValue(),
                            std::array<std::string_view, 2>{"text", "json"}));
  config.json = options.format == "json";
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(config), 0};
}

Parsed<InitArguments> parseInit(Words words) {
  InitOptions options;
  CommandLine line = lineOf(options);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  InitArguments init;
  if (options.words.size() > 1)
    line.refuse("init takes one folder");
  if (!options.words.empty())
    init.folder = options.words[0];
  init.print = options.print;
  init.force = options.force;
  if (line.failed())
    return {std::nullopt, line.status()};
  return {std::move(init), 0};
}

Parsed<std::vector<std::string>> parseWords(Words words, std::string_view command) {
  WordOptions options;
  CommandLine line = lineOf(options, command);
  if (!line.parse(words))
    return {std::nullopt, line.status()};
  std::vector<std::string> values = valuesOf(options.words);
  // What these commands print is made of all other commands' options: LLVM forgets these first.
  cl::ResetCommandLineParser();
  return {std::move(values), 0};
}

CommandDescription describePage(std::string_view command) {
  PageOptions options;
  return lineOf(options, command).describe();
}

CommandDescription describeBaseline() {
  BaselineOptions options;
  return lineOf(options).describe();
}

CommandDescription describeConfig() {
  ConfigOptions options;
  return lineOf(options).describe();
}

CommandDescription describeInit() {
  InitOptions options;
  return lineOf(options).describe();
}

CommandDescription describeWords(std::string_view command) {
  WordOptions options;
  return lineOf(options, command).describe();
}

} // namespace lockstep::cli
