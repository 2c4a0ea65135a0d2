#pragma once
#include <string_view>

namespace lockstep::test {

/// Reads what git could print, with bytes of `text` in the places that it picks, and aborts where
/// what is read does not lie within what was printed, or leads out of the repository.
void fuzzGit(std::string_view text, unsigned choice);

} // namespace lockstep::test
