#pragma once
#include "report/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::report {

/// GitHub code scanning's `primaryLocationLineHash` for each line of a file: "hash:occurrence".
///
/// What codeql-action's fingerprints.ts defines: over the file's UTF-16 units without blanks, tabs
/// and the LF of CRLF, CR taken as LF; a rolling polynomial hash of the 100 units from the line's
/// first one on. Uploads that lack it get it from GitHub's own action; others would make duplicate
/// alerts whenever a line moves.
[[nodiscard]] std::vector<std::string> lineHashes(std::string_view text);

} // namespace lockstep::report
