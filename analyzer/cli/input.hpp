#pragma once
#include "cli/arguments.hpp"
#include "engine/rule.hpp"
#include "report/input.hpp"
#include "session/session.hpp"

#include <span>
#include <string>
#include <vector>

namespace lockstep {

struct Tool;

/// Paths that share a configuration.
struct InputGroup {
  Settings settings; ///< The configuration's, overruled by the command line.
  Scope scope;
};

/// Sorts the paths by the configuration that is nearest to each and reads those; without paths, the
/// one nearest to the working directory holds.
[[nodiscard]] Result<std::vector<InputGroup>> groupInput(const InputArguments &input,
                                                         std::span<const Rule *const> rules);

/// Tells about paths that named nothing or cannot be read; true where that is an error.
[[nodiscard]] bool complainAbout(const Reach &reach, const InputArguments &input);

/// What reports need to know about the program and the place it runs in.
[[nodiscard]] ReportContext reportContext(const Tool &tool);

} // namespace lockstep
