#pragma once
#include "cli/arguments.hpp"
#include "cli/layer.hpp"
#include "report/context.hpp"
#include "session/session.hpp"

#include <optional>

namespace lockstep::cli {

struct Tool;

/// Opens what the command line speaks of; where that cannot be done, complains and returns nothing.
[[nodiscard]] std::optional<Session> openSession(const InputArguments &input,
                                                 Life life = Life::one_question);

/// Tells about paths that named nothing or cannot be read; true where that is an error.
[[nodiscard]] bool complainAbout(const Reach &reach, const InputArguments &input);

/// What reports need to know about the program and the place it runs in.
[[nodiscard]] ReportContext reportContext(const Tool &tool);

} // namespace lockstep::cli
