#include "base/pg/version.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "config/config.hpp"
#include "report/formats/format.hpp"
#include "rules/registry.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace lockstep::cli {

namespace {
/// What may follow an option.
struct Values {
  bool files = false;
  std::vector<std::string> words;
};
} // namespace

static std::vector<std::string> wordsOf(std::span<const std::string_view> names) {
  return {names.begin(), names.end()};
}

static std::vector<std::string> ruleWords() {
  std::vector<std::string> words{"recommended", "strict", "all"};
  for (const Rule *rule : allRules())
    if (std::string category(name(rule->category));
        std::find(words.begin(), words.end(), category) == words.end())
      words.push_back(category);
  for (const Rule *rule : allRules())
    words.emplace_back(rule->id.text);
  return words;
}

static Values valuesOf(const CommandDescription &command, const OptionDescription &option) {
  const std::string &value = option.value;
  if (value == "FORMAT" && command.name == "check")
    return {false, wordsOf(reportFormatNames())};
  if (value == "FORMAT" && (command.name == "effects" || command.name == "config"))
    return {false, {"text", "json"}};
  if (value == "FORMAT")
    return {false, {"text", "json", "markdown"}};
  if (value == "RULES")
    return {false, ruleWords()};
  if (value == "RULE=LEVEL") {
    Values values;
    for (const Rule *rule : allRules())
      values.words.push_back(std::string(rule->id.text) + "=");
    return values;
  }
  if (value == "LEVEL")
    return {false, wordsOf(failOnNames())};
  if (value == "MODEL")
    return {false, wordsOf(executionNames())};
  if (value == "NAME") {
    std::vector<std::string_view> names = frameworkNames();
    return {false, wordsOf(names)};
  }
  if (value == "N[..M]") {
    Values versions;
    for (int version = oldest_postgres; version <= newest_postgres; ++version)
      versions.words.push_back(std::to_string(version));
    versions.words.push_back(
        format("{}..{}", std::to_string(oldest_postgres), std::to_string(newest_postgres)));
    return versions;
  }
  if (value == "FILE" || value == "PATH" || value == "[FORMAT=]FILE")
    return {true, {}};
  if (value.find('|') != std::string::npos || value == "json") {
    Values values;
    for (std::string_view word : split(value, '|'))
      values.words.emplace_back(word);
    return values;
  }
  return {};
}

/// What may stand beside options.
static Values operandsOf(const CommandDescription &command) {
  if (command.name == "explain")
    return {false, ruleWords()};
  if (command.name == "baseline")
    return {true, {"create", "update", "prune"}};
  if (command.name == "completions")
    return {false, {"bash", "zsh", "fish"}};
  return {!command.usage.empty(), {}};
}

static std::string firstLine(std::string_view text) {
  return std::string(text.substr(0, std::min(text.find('\n'), text.find(". "))));
}

/// For single quotes in a shell.
static std::string inQuotes(std::string_view text) {
  std::string result = "'";
  for (char c : text)
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

static std::string bashScript(const std::vector<CommandDescription> &commands) {
  std::string names;
  for (const CommandDescription &command : commands)
    names += (names.empty() ? "" : " ") + command.name;
  std::string text = "# bash completion for lockstep\n"
                     "_lockstep() {\n"
                     "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                     "  local options= words= files=\n"
                     "  if [ \"$COMP_CWORD\" = 1 ]; then\n"
                     "    COMPREPLY=($(compgen -W '" +
                     names +
                     " --help --version' -- \"$word\"))\n"
                     "    return\n"
                     "  fi\n"
                     "  if [ \"$word\" = = ]; then word=; fi\n"
                     "  if [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
                     "  case ${COMP_WORDS[1]} in\n";
  for (const CommandDescription &command : commands) {
    std::string options = "--help";
    std::string cases;
    for (const OptionDescription &option : command.options) {
      options += " --" + option.name;
      if (option.value.empty())
        continue;
      Values values = valuesOf(command, option);
      cases += "      --" + option.name + ") words=" + inQuotes(join(values.words, " ")) +
               " files=" + (values.files ? "yes" : "") + " ;;\n";
    }
    Values operands = operandsOf(command);
    text += "  " + command.name + ")\n    case $before in\n" + cases + "      *) options='" +
            options + "' words=" + inQuotes(join(operands.words, " ")) +
            " files=" + (operands.files ? "yes" : "") + " ;;\n    esac ;;\n";
  }
  return text + "  esac\n"
                "  case $word in -*) words=$options files= ;; esac\n"
                "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                "  if [ -n \"$files\" ]; then COMPREPLY+=($(compgen -f -- \"$word\")); fi\n"
                "}\n"
                "complete -o filenames -F _lockstep lockstep\n";
}

/// Colons and brackets part the words of a zsh specification.
static std::string zshEscaped(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (c == ':' || c == '[' || c == ']' || c == '\\')
      result += '\\';
    result += c;
  }
  return result;
}

static std::string zshValues(const Values &values) {
  if (!values.words.empty())
    return "(" + join(values.words, " ") + ")";
  return values.files ? "_files" : " ";
}

static std::string zshScript(const std::vector<CommandDescription> &commands) {
  std::string text = "#compdef lockstep\n_lockstep() {\n  local -a commands\n  commands=(\n";
  for (const CommandDescription &command : commands)
    text += "    " + inQuotes(zshEscaped(command.name) + ":" + firstLine(command.overview)) + "\n";
  text += "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
          "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const CommandDescription &command : commands) {
    text += "  " + command.name + ")\n    _arguments -s '--help[tell the options]'";
    for (const OptionDescription &option : command.options) {
      std::string spec = "--" + option.name + (option.value.empty() ? "" : "=") + "[" +
                         zshEscaped(option.help) + "]";
      if (!option.value.empty())
        spec += ":" + zshEscaped(option.value) + ":" + zshValues(valuesOf(command, option));
      text += " \\\n      " + inQuotes(spec);
    }
    Values operands = operandsOf(command);
    if (command.name == "baseline")
      text += " \\\n      '1:action:(create update prune)' \\\n      '*:path:_files'";
    else if (operands.files || !operands.words.empty())
      text += " \\\n      " + inQuotes("*:" + std::string(operands.files ? "path" : "word") + ":" +
                                       zshValues(operands));
    text += " ;;\n";
  }
  return text + "  esac\n}\nif [ \"$funcstack[1]\" = _lockstep ]; then _lockstep \"$@\"; else "
                "compdef _lockstep lockstep; fi\n";
}

static std::string fishScript(const std::vector<CommandDescription> &commands) {
  std::string text = "# fish completion for lockstep\ncomplete -c lockstep -f\n";
  for (const CommandDescription &command : commands)
    text += "complete -c lockstep -n __fish_use_subcommand -a " + command.name + " -d " +
            inQuotes(firstLine(command.overview)) + "\n";
  for (const CommandDescription &command : commands) {
    std::string begin =
        "complete -c lockstep -n " + inQuotes("__fish_seen_subcommand_from " + command.name);
    for (const OptionDescription &option : command.options) {
      text += begin + " -l " + option.name;
      if (!option.value.empty()) {
        Values values = valuesOf(command, option);
        text += values.files ? " -r -F" : " -x";
        if (!values.words.empty())
          text += " -a " + inQuotes(join(values.words, " "));
      }
      text += " -d " + inQuotes(option.help) + "\n";
    }
    Values operands = operandsOf(command);
    if (!operands.words.empty())
      text += begin + " -a " + inQuotes(join(operands.words, " ")) + "\n";
    if (operands.files)
      text += begin + " -F\n";
  }
  return text;
}

int completionsCommand(const Tool &, Words words) {
  Parsed<std::vector<std::string>> parsed = parseWords(words, "completions");
  if (!parsed.arguments)
    return parsed.status;
  static constexpr std::array<std::string_view, 3> shells{"bash", "zsh", "fish"};
  if (parsed.arguments->size() != 1) {
    complain("completions needs a shell: bash, zsh or fish");
    return 2;
  }
  const std::string &shell = parsed.arguments->front();
  if (std::find(shells.begin(), shells.end(), shell) == shells.end()) {
    complain(unknownWord("shell", shell, shells));
    return 2;
  }
  std::vector<CommandDescription> commands = describeCommands();
  std::string text = shell == "bash"  ? bashScript(commands)
                     : shell == "zsh" ? zshScript(commands)
                                      : fishScript(commands);
  return writeOut(Channel::text, std::move(text)) ? 0 : 2;
}

} // namespace lockstep::cli
