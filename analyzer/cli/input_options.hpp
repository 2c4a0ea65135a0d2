#pragma once
#include "cli/arguments.hpp"
#include "cli/command_line.hpp"
#include "cli/layer.hpp"

#include <memory>
#include <string_view>

namespace lockstep::cli {

/// The options that every command has which reads migrations, in the group "Input". Making it
/// registers them: it comes before the parsing and lasts beyond it.
class InputOptions {
public:
  InputOptions();
  ~InputOptions();
  InputOptions(const InputOptions &) = delete;
  InputOptions &operator=(const InputOptions &) = delete;

  /// What they were given; complains to the line about wrong values. `color` is the value of
  /// --color.
  [[nodiscard]] InputArguments read(CommandLine &line, std::string_view color) const;

private:
  struct Registered;
  std::unique_ptr<Registered> registered_;
};

} // namespace lockstep::cli
