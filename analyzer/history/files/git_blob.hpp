#pragma once
#include "history/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::history {

// A file of the working tree is compared with what git has by its content alone: git's own
// comparison would run the programs that the repository's configuration names as filters.
//
// So of what a checkout may do to a text, these are known, and the text counts as unchanged: line
// breaks that became CRLF (core.autocrlf, eol), "$Id$" with a name in it (ident), and the file that
// a pointer of Git LFS stands for. What other filters and `working-tree-encoding` make of a text
// counts as another text.

/// The name that git gives to a blob with this text, `digits` long: 40 for SHA-1, 64 for SHA-256.
[[nodiscard]] std::string blobId(std::string_view text, size_t digits);
/// True where a file with this text is what a checkout makes of the blob called `id`.
[[nodiscard]] bool isCheckoutOf(std::string_view text, std::string_view id);
/// True where `blob` is the pointer of Git LFS that stands for a file with this text.
[[nodiscard]] bool isPointerTo(std::string_view blob, std::string_view text);
/// A blob's text with line breaks as in `text`, where a checkout would make them so.
[[nodiscard]] std::string withLineBreaksOf(std::string blob, std::string_view text);

} // namespace lockstep::history
