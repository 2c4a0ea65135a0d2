#pragma once
#include "history/layout.hpp"

#include <string_view>

namespace lockstep {

/// Whether what a file gives to psql may hold variables, too.
enum class PsqlVariables : uint8_t { no, yes };

/// Masks what psql takes away before the server sees the text: meta-commands, variables and the
/// data of COPY … FROM STDIN. What a meta-command leaves to the server stays: "\gexec" ends a
/// statement.
void maskPsqlInput(std::string_view text, PsqlVariables variables, FileLayout &layout);

} // namespace lockstep
