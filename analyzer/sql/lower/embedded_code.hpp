#pragma once
#include "sql/layer.hpp"
#include "sql/lower/statement.hpp"

#include <optional>
#include <string>

namespace lockstep::sql {

/// Code that stands in a file inside quotes, as SQL to read: what the quotes and escapes are gone
/// from, at the file's positions.
struct EmbeddedCode {
  std::string text;    ///< As long as the stretch of the file that it stands for.
  uint32_t origin = 0; ///< The byte of the file that `text` begins at.
};

/// The code in the string token `token` of a text that begins at `origin` of the file, in a string
/// of the same length: 'it''s' yields it 's. Nothing for strings with escapes that yield other
/// characters. A quote inside of a literal inside of the code leaves blanks in that literal.
[[nodiscard]] std::optional<EmbeddedCode> codeOf(std::string_view text, uint32_t origin,
                                                 const Token &token);

/// The constant text that the tokens [first, last) yield, as EXECUTE's argument: a literal,
/// literals joined by ||, or format() of literals. Nothing where only the server can know it.
/// Positions are exact for a single literal and near for the others.
[[nodiscard]] std::optional<EmbeddedCode> constantText(const LowerContext &code, size_t first,
                                                       size_t last);

} // namespace lockstep::sql
