#pragma once
#include <string_view>

namespace lockstep::test {

/// Checks a psql script and two files, all with pieces of `text` in them, that include one another,
/// and aborts where what must always hold does not: it ends, and places lie within their texts.
void fuzzInclusion(std::string_view text, unsigned choice);

} // namespace lockstep::test
