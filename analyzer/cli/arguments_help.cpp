#include "base/text.hpp"
#include "cli/arguments.hpp"

namespace lockstep::cli {

static constexpr size_t widest = 90;
static constexpr size_t help_column = 34;

/// Words in lines that end before the widest column, the first one at `column`.
static std::string wrapped(std::string_view words, size_t column) {
  std::string text;
  size_t at = column;
  for (std::string_view word : split(words, ' ')) {
    if (at > column && at + 1 + word.size() > widest) {
      text += "\n" + std::string(column, ' ');
      at = column;
    } else if (at > column) {
      text += ' ';
      ++at;
    }
    text += word;
    at += word.size();
  }
  return text + "\n";
}

std::string helpText(const CommandDescription &command) {
  std::string text = command.overview + "\n\nUsage: lockstep " + command.name + " [OPTIONS]" +
                     (command.usage.empty() ? "" : " ") + command.usage + "\n";
  std::string_view group;
  for (const OptionDescription &option : command.options) {
    if (option.group != group)
      text += "\n" + option.group + ":\n";
    group = option.group;
    std::string left = "  --" + option.name;
    if (!option.value.empty())
      left += " " + option.value;
    if (left.size() + 2 > help_column)
      text += left + "\n" + std::string(help_column, ' ');
    else
      text += left + std::string(help_column - left.size(), ' ');
    text += wrapped(option.help, help_column);
  }
  return text;
}

} // namespace lockstep::cli
