#pragma once
#include <string_view>

namespace lockstep::test {

/// Puts pieces of `text` into configurations that extend one another, a baseline and measured table
/// sizes, reads them, and aborts where what must always hold does not: it ends, places lie within
/// their texts, a baseline that is read is written as it was.
void fuzzConfig(std::string_view text, unsigned choice);

} // namespace lockstep::test
