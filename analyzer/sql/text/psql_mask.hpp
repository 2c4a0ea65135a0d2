#pragma once
#include "base/range.hpp"
#include "sql/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::sql {

/// `text` without what psql keeps to itself, replaced so that no position moves.
struct MaskedText {
  std::string text;
  std::vector<Range> meta_commands; ///< Also \restrict and \unrestrict of pg_dump.
  std::vector<Range> copy_data;     ///< With the line "\.".
  std::vector<Range> variables;
};
/// Blanks psql's meta-commands and the data of COPY … FROM STDIN. A meta-command that sends the
/// statement, such as \gexec, leaves a semicolon; a variable leaves a name or a literal.
[[nodiscard]] MaskedText maskPsql(std::string_view text);

} // namespace lockstep::sql
