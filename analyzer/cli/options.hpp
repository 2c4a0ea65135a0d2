#pragma once
#include "cli/command_line.hpp"

namespace lockstep {

namespace cl = llvm::cl;

// One struct a command, made when its turn comes: making it registers its options with LLVM.

struct InputOptions {
  cl::OptionCategory group{"Input"};
  cl::list<std::string> paths{cl::Positional, cl::desc("[PATHS]")};
  cl::opt<std::string> config{"config", cl::value_desc("FILE"), cl::cat(group),
                              cl::desc("read this instead of the nearest .lockstep.yaml")};
  cl::opt<std::string> framework{"framework", cl::value_desc("NAME"), cl::cat(group),
                                 cl::desc("the tool that runs the migrations; else detected")};
  cl::opt<std::string> execution{
      "execution", cl::value_desc("MODEL"), cl::cat(group),
      cl::desc("tx-all, tx-file, implicit, pipeline, autocommit or unknown")};
  cl::opt<std::string> postgres{"postgres", cl::value_desc("N[..M]"), cl::cat(group),
                                cl::desc("the servers that it must run on, 14 to 18; 15")};
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
                            cl::desc("read files on N threads; as many as there are processors")};
  cl::opt<bool> no_error{"no-error-on-unmatched-pattern", cl::cat(group),
                         cl::desc("a path with nothing to check is no error")};

  InputArguments read(CommandLine &line, std::string_view color) const;
};

struct ColorOption {
  cl::opt<std::string> color;
  explicit ColorOption(cl::OptionCategory &group)
      : color("color", cl::value_desc("auto|always|never"), cl::init("auto"), cl::cat(group),
              cl::desc("colours; auto")) {}
};

struct CheckOptions {
  NoForeignOptions first;
  InputOptions input;
  cl::OptionCategory rules{"Rules"};
  cl::list<std::string> select{"select", cl::value_desc("RULES"), cl::cat(rules),
                               cl::CommaSeparated,
                               cl::desc("presets, categories or rules; recommended")};
  cl::list<std::string> extend_select{"extend-select", cl::value_desc("RULES"), cl::cat(rules),
                                      cl::CommaSeparated, cl::desc("these too")};
  cl::list<std::string> ignore{"ignore", cl::value_desc("RULES"), cl::cat(rules),
                               cl::CommaSeparated, cl::desc("all but these")};
  cl::list<std::string> severity{"severity", cl::value_desc("RULE=LEVEL"), cl::cat(rules),
                                 cl::CommaSeparated, cl::desc("error, warning, info or off")};
  cl::opt<std::string> fail_on{"fail-on", cl::value_desc("LEVEL"), cl::cat(rules),
                               cl::desc("what makes the exit status 1: error, warning, info or "
                                        "never; error")};
  cl::opt<unsigned> max_warnings{"max-warnings", cl::value_desc("N"), cl::cat(rules),
                                 cl::desc("more warnings make it 1, too")};

  cl::opt<std::string> baseline{"baseline", cl::value_desc("FILE"), cl::cat(rules),
                                cl::desc("leave out the findings that it holds; else the nearest "
                                         ".lockstep-baseline.json; empty: none")};

  cl::OptionCategory fixes{"Fixes"};
  cl::opt<bool> fix{"fix", cl::cat(fixes),
                    cl::desc("mend what can be mended safely, in named files, or in what "
                             "--since or --start-after says is new")};
  cl::opt<bool> unsafe_fixes{"unsafe-fixes", cl::cat(fixes),
                             cl::desc("with --fix or --diff: what needs a look afterwards, too")};
  cl::opt<bool> diff{"diff", cl::cat(fixes),
                     cl::desc("print what --fix would change, and change nothing; the exit "
                              "status is 1 where it would")};

  cl::OptionCategory output{"Output"};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::cat(output),
                              cl::desc("text, concise, json, jsonl, sarif, github, gitlab, junit, "
                                       "checkstyle, rdjson, markdown or html")};
  cl::list<std::string> targets{"output", cl::value_desc("[FORMAT=]FILE"), cl::cat(output),
                                cl::desc("write the report there; with a format, one more")};
  ColorOption color{output};
  cl::opt<bool> show_suppressed{"show-suppressed", cl::cat(output),
                                cl::desc("list suppressed findings, too")};
  cl::opt<bool> show_files{"show-files", cl::cat(output),
                           cl::desc("list the files that would be checked, and end")};
  cl::opt<bool> statistics{"statistics", cl::cat(output), cl::desc("only count findings")};
  cl::opt<bool> quiet{"quiet", cl::cat(output), cl::desc("only what makes the check fail")};

  void readSeverities(CommandLine &line, SelectionRequest &selection) const;
  [[nodiscard]] std::vector<ReportTarget> readTargets(CommandLine &line) const;
};

struct EffectsOptions {
  NoForeignOptions first;
  InputOptions input;
  cl::OptionCategory output{"Output"};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::init("text"), cl::cat(output),
                              cl::desc("text or json")};
  ColorOption color{output};
};

struct SchemaOptions {
  NoForeignOptions first;
  InputOptions input;
  cl::OptionCategory output{"Output"};
  cl::opt<std::string> format{"format", cl::value_desc("FORMAT"), cl::init("sql"), cl::cat(output),
                              cl::desc("sql or json")};
  cl::opt<std::string> at{"at", cl::value_desc("VERSION"), cl::cat(output),
                          cl::desc("as it is after this migration; else at the end")};
  cl::opt<std::string> diff{"diff", cl::value_desc("VERSION..VERSION"), cl::cat(output),
                            cl::desc("what changes from after the one to after the other")};
};

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

/// The command's line, with what its help says; refers to the options.
[[nodiscard]] CommandLine lineOf(const CheckOptions &options);
[[nodiscard]] CommandLine lineOf(const EffectsOptions &options);
[[nodiscard]] CommandLine lineOf(const SchemaOptions &options);
[[nodiscard]] CommandLine lineOf(const BaselineOptions &options);
[[nodiscard]] CommandLine lineOf(const ConfigOptions &options);
[[nodiscard]] CommandLine lineOf(const InitOptions &options);
[[nodiscard]] CommandLine lineOf(const PageOptions &options, std::string_view command);
[[nodiscard]] CommandLine lineOf(const WordOptions &options, std::string_view command);

} // namespace lockstep
