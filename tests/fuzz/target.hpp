#pragma once
#include <string>
#include <string_view>

namespace lockstep::test {

/// Checks a text as a migration of a framework that `choice` picks, with all rules, and aborts
/// where what must always hold does not: masks keep length and lines, ranges lie within the text.
/// Returns the number of findings.
size_t fuzzOne(std::string_view text, unsigned choice);

} // namespace lockstep::test
