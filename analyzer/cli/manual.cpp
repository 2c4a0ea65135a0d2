#include "base/text.hpp"
#include "cli/commands.hpp"

namespace lockstep::cli {

/// Text that roff prints as it stands.
static std::string roff(std::string_view text) {
  std::string result;
  bool line_start = true;
  for (char c : text) {
    if (line_start && (c == '.' || c == '\''))
      result += "\\&";
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else
      result += c;
    line_start = c == '\n';
  }
  return result;
}

static std::string section(const CommandDescription &command) {
  std::string text = ".SS " + roff(command.name) + "\n.B lockstep " + roff(command.name) +
                     "\n.RI [ OPTIONS ]\n" +
                     (command.usage.empty() ? "" : roff(command.usage) + "\n") + ".PP\n" +
                     roff(command.overview) + "\n";
  for (const OptionDescription &option : command.options) {
    text += ".TP\n.B \\-\\-" + roff(option.name);
    if (!option.value.empty())
      text += " \\fI" + roff(option.value) + "\\fR";
    text += "\n" + roff(option.help) + "\n";
  }
  return text;
}

int manualCommand(const Tool &tool, Words words) {
  Parsed<std::vector<std::string>> parsed = parseWords(words, "manual");
  if (!parsed.arguments)
    return parsed.status;
  std::string text =
      ".TH LOCKSTEP 1 \"\" \"lockstep " + roff(tool.version) +
      "\" \"User Commands\"\n"
      ".SH NAME\nlockstep \\- find the schema change that would take a service down\n"
      ".SH SYNOPSIS\n.B lockstep\n.I COMMAND\n.RI [ OPTIONS ]\n.RI [ PATHS ]\n"
      ".SH DESCRIPTION\n"
      "Reads PostgreSQL migration files, replays them over a simulated schema, works out what "
      "every\nstatement locks, rewrites and scans, and reports what would break running code or "
      "block\ntraffic. It needs neither a database nor a network.\n"
      ".SH COMMANDS\n";
  for (const CommandDescription &command : describeCommands())
    text += section(command);
  text += ".SH EXIT STATUS\n"
          ".TP\n.B 0\nnothing was found, or nothing at or above \\-\\-fail\\-on\n"
          ".TP\n.B 1\nfindings at or above \\-\\-fail\\-on, more warnings than "
          "\\-\\-max\\-warnings, or a \\-\\-diff that is not empty\n"
          ".TP\n.B 2\nbad usage, or something that cannot be read or written\n"
          ".SH ENVIRONMENT\n"
          ".TP\n.BR NO_COLOR \", \" FORCE_COLOR \", \" CLICOLOR_FORCE\n"
          "colours, where \\-\\-color does not say\n"
          ".SH FILES\n"
          ".TP\n.I .lockstep.yaml\nthe configuration, looked for upwards to the repository's root\n"
          ".TP\n.I .lockstep\\-baseline.json\nfindings that were set aside\n"
          ".SH SEE ALSO\n.BR lockstep \" \" explain \" \" RULE\nshows a rule's page.\n";
  return writeOut(Channel::text, std::move(text)) ? 0 : 2;
}

} // namespace lockstep::cli
