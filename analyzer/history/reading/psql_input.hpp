#pragma once
#include "history/files/folder.hpp"
#include "history/files/history.hpp"
#include "history/layer.hpp"

#include <string_view>
#include <vector>

namespace lockstep::history {

/// Whether what a file gives to psql may hold variables, too.
enum class PsqlVariables : uint8_t { no, yes };

/// Masks what psql takes away before the server sees the text: meta-commands, variables and the
/// data of COPY … FROM STDIN. What a meta-command leaves to the server stays: "\gexec" ends a
/// statement. Notes the files that it includes and the statements that "\;" joins.
void maskPsqlInput(const MigrationFile &file, std::string_view text, PsqlVariables variables,
                   FileLayout &layout);

/// Adds to each migration the files that its files include with \i and \ir, and theirs, as far as
/// they lie in the repository, or below the folder where that is in none. A migration that another
/// one includes is none of its own.
void addIncludedFiles(const Folder &folder, History &history);

} // namespace lockstep::history
