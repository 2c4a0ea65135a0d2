#pragma once
#include <string>
#include <string_view>

namespace lockstep::test {

/// Aborts, saying what does not hold.
void require(bool holds, const char *what);

/// `printed` with pieces of `text` put in and parts taken out, as `choice` picks.
[[nodiscard]] std::string disturbed(std::string printed, std::string_view text, unsigned choice);

} // namespace lockstep::test
