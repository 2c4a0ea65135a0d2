#pragma once
#include <string_view>

namespace lockstep {

/// What --color asks for.
enum class ColorChoice { automatic, always, never };

/// Whether to print in colour: as asked, else as NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE say
/// (no-color.org, force-color.org), else where standard output is a terminal.
[[nodiscard]] bool wantsColor(ColorChoice choice);

/// Writes to standard output. A reader that went away is no fault; false where writing failed
/// otherwise.
[[nodiscard]] bool writeOut(std::string_view text);

/// Writes "lockstep: MESSAGE" to standard error.
void complain(std::string_view message);

} // namespace lockstep
