#pragma once
#include "history/layout.hpp"

#include <string_view>

namespace lockstep {

/// Masks what psql takes away before the server sees the text: meta-commands and the data of COPY …
/// FROM STDIN. Cheap for a text without a backslash.
void maskPsqlInput(std::string_view text, FileLayout &layout);

} // namespace lockstep
