#include "cli/options.hpp"

namespace lockstep {

CommandLine lineOf(const CheckOptions &options) {
  CommandLine line(
      "check", "[PATHS]",
      "Finds what would break running code or block traffic in files, folders or\n"
      "standard input (-). Without paths: the configured histories, else this folder.");
  line.show(options.input.group);
  line.show(options.rules);
  line.show(options.fixes);
  line.show(options.output);
  return line;
}

CommandLine lineOf(const EffectsOptions &options) {
  CommandLine line("effects", "[PATHS]",
                   "Tells what each statement locks, rewrites and scans, and until when.");
  line.show(options.input.group);
  line.show(options.output);
  return line;
}

CommandLine lineOf(const SchemaOptions &options) {
  CommandLine line("schema", "[PATHS]",
                   "Tells the schema that a history leaves behind, as SQL that loads into an empty\n"
                   "database.");
  line.show(options.input.group);
  line.show(options.output);
  return line;
}

CommandLine lineOf(const BaselineOptions &options) {
  CommandLine line("baseline", "create|update|prune [PATHS]",
                   "Sets today's findings aside, so that only later ones are reported.\n"
                   "create writes them, update makes them those of today, prune only takes out\n"
                   "those that are no more.");
  line.show(options.output);
  line.show(options.input.group);
  return line;
}

CommandLine lineOf(const ConfigOptions &options) {
  CommandLine line("config", "[PATHS]",
                   "Tells the settings that hold for the paths, and where each came from.");
  line.show(options.output);
  line.show(options.input.group);
  return line;
}

CommandLine lineOf(const InitOptions &options) {
  CommandLine line("init", "[FOLDER]",
                   "Writes a commented .lockstep.yaml from what is found below the folder.");
  line.show(options.output);
  return line;
}

CommandLine lineOf(const PageOptions &options, std::string_view command) {
  std::string_view usage = command == "explain" ? "RULE..." : "";
  std::string_view overview = "Lists the rules.";
  if (command == "explain")
    overview =
        "Shows the pages of rules, named by id or by the name that another tool has for them.";
  else if (command == "version")
    overview = "Tells the versions of lockstep and of PostgreSQL's grammar.";
  CommandLine line(command, usage, overview);
  line.show(options.output);
  return line;
}

CommandLine lineOf(const WordOptions &options, std::string_view command) {
  bool is_manual = command == "manual";
  CommandLine line(command, is_manual ? "" : "bash|zsh|fish",
                   is_manual ? "Prints the manual page, as man reads it."
                             : "Prints what makes a shell complete lockstep's words.");
  line.show(options.output);
  return line;
}

template <class Options, class... More> static CommandDescription described(const More &...more) {
  Options options;
  return lineOf(options, more...).describe();
}

std::vector<CommandDescription> describeCommands() {
  return {described<CheckOptions>(),
          described<EffectsOptions>(),
          described<SchemaOptions>(),
          described<PageOptions>(std::string_view("rules")),
          described<PageOptions>(std::string_view("explain")),
          described<BaselineOptions>(),
          described<ConfigOptions>(),
          described<InitOptions>(),
          described<WordOptions>(std::string_view("completions")),
          described<WordOptions>(std::string_view("manual")),
          described<PageOptions>(std::string_view("version"))};
}

} // namespace lockstep
