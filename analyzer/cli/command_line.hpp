#pragma once
#include "cli/arguments.hpp"
#include "cli/layer.hpp"
#include "config/config.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::cli {

/// Drops the options that LLVM's own library brings along, and those of a command before; a member
/// of each command's options, before them.
struct NoForeignOptions {
  NoForeignOptions();
};

/// Options of one command. Values are looked up and checked here, so that mistakes are told in one
/// voice; the first one ends the command.
class CommandLine {
public:
  CommandLine(std::string_view command, std::string_view usage, std::string_view overview)
      : command_(command), usage_(usage), overview_(overview) {}

  /// Shows the options of the category of that name in the help, below those shown before.
  void show(std::string_view group) { groups_.push_back(group); }

  /// False where the command is over; status() says how.
  bool parse(Words words);

  void refuse(std::string_view message);
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] bool failed() const { return status_ != 0; }

  /// What the options are, as help, completions and manual say.
  [[nodiscard]] CommandDescription describe() const;

private:
  [[nodiscard]] bool refusesValueOf(Words words);
  bool refusesForeign(Words words);

  std::string_view command_;
  std::string_view usage_;
  std::string_view overview_;
  std::vector<std::string_view> groups_;
  int status_ = 0;
};

template <class Enum> struct Named {
  std::string_view name;
  Enum value;
};

/// The value that `word` names; complains and returns nothing otherwise.
template <class Enum, size_t N>
std::optional<Enum> valueNamed(CommandLine &line, std::string_view kind, std::string_view word,
                               const std::array<Named<Enum>, N> &values) {
  std::vector<std::string_view> known;
  for (const Named<Enum> &value : values) {
    if (value.name == word)
      return value.value;
    known.push_back(value.name);
  }
  line.refuse(unknownWord(kind, word, known));
  return std::nullopt;
}

} // namespace lockstep::cli
